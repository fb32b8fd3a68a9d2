package org.stripeanalytics.report;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * What a reader must know before believing a figure: whose days these are, up to which day they
 * reach and which of the definitions that the field disagrees on were taken.
 *
 * @param zone the reporting zone, whose days and months the tables have
 * @param currency ISO code of the amounts, in lower case
 * @param asOf the day at whose start the figures were taken; empty without figures
 * @param firstMonth the first month that has ended
 * @param lastMonth the last month that has ended by {@code asOf}
 * @param policies the choices, where the warehouse recorded them
 */
public record ReportFrame(
    String zone,
    String currency,
    Optional<LocalDate> asOf,
    Optional<LocalDate> firstMonth,
    Optional<LocalDate> lastMonth,
    ImmutableList<Policy> policies) {

  /** One choice, by the name of its option. */
  public record Policy(String name, String value) {}

  static ReportFrame of(Warehouse warehouse) {
    List<Object> months =
        first(warehouse, "SELECT MIN(month), MAX(month) FROM marts.mrr_monthly")
            .orElse(ImmutableList.of());
    Optional<LocalDate> lastDay =
        first(warehouse, "SELECT MAX(day) FROM marts.mrr_daily").flatMap(row -> date(row, 0));
    return new ReportFrame(
        setting(warehouse, "reporting_zone").orElse("UTC"),
        setting(warehouse, "reporting_currency").orElse("usd"),
        lastDay.map(day -> day.plusDays(1)),
        date(months, 0),
        date(months, 1),
        ImmutableList.of());
  }

  private static Optional<String> setting(Warehouse warehouse, String name) {
    return first(
            warehouse, "SELECT value FROM ops.warehouse_settings WHERE name = '" + name + "'")
        .map(row -> (String) row.get(0));
  }

  private static Optional<List<Object>> first(Warehouse warehouse, String sql) {
    return Reading.of(warehouse, sql).rows().stream().findFirst();
  }

  private static Optional<LocalDate> date(List<@Nullable Object> row, int column) {
    return row.size() <= column ? Optional.empty() : Optional.ofNullable((LocalDate) row.get(column));
  }
}
