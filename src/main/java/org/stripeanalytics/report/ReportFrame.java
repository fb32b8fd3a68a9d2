package org.stripeanalytics.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.CurrencyExponent;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * What a reader must know before believing a figure: whose days these are, up to which day they
 * reach and which of the definitions that the field disagrees on were taken.
 *
 * @param zone the reporting zone, whose days and months the tables have
 * @param currency ISO code of the amounts, in lower case
 * @param asOf the day at whose start the figures were taken; empty without figures
 * @param firstMonth the first month with figures
 * @param lastMonth the last month that had ended by {@code asOf}
 * @param run the run that computed them, where the warehouse has a log of it
 */
public record ReportFrame(
    String zone,
    String currency,
    Optional<LocalDate> asOf,
    Optional<LocalDate> firstMonth,
    Optional<LocalDate> lastMonth,
    Optional<ComputingRun> run) {

  /** As Stripe counts them, which for a few currencies is not as browsers do. */
  @JsonProperty("minorDigits")
  int minorDigits() {
    return CurrencyExponent.of(currency);
  }

  static ReportFrame of(Warehouse warehouse) {
    List<Object> months =
        first(warehouse, "SELECT MIN(month), MAX(month) FROM marts.mrr_monthly")
            .orElse(ImmutableList.of());
    Optional<LocalDate> lastDay =
        first(warehouse, "SELECT MAX(day) FROM marts.mrr_daily").flatMap(row -> date(row, 0));
    Optional<ComputingRun> run = ComputingRun.newest(warehouse);
    return new ReportFrame(
        first(warehouse, "SELECT value FROM ops.warehouse_settings WHERE name = 'reporting_zone'")
            .map(row -> (String) row.get(0))
            .orElse("UTC"),
        run.flatMap(r -> r.policy("reportingCurrency")).orElse("usd"),
        lastDay.map(day -> day.plusDays(1)),
        date(months, 0),
        date(months, 1),
        run);
  }

  private static Optional<List<Object>> first(Warehouse warehouse, String sql) {
    return Reading.of(warehouse, sql).rows().stream().findFirst();
  }

  private static Optional<LocalDate> date(List<@Nullable Object> row, int column) {
    return row.size() <= column
        ? Optional.empty()
        : Optional.ofNullable((LocalDate) row.get(column));
  }
}
