package org.stripeanalytics.report;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * The retention of every cohort of every segment value but countries, as triangles: a list of
 * months for each cohort instead of a row for each cell, which is a fifth of the text.
 *
 * @param problem why there are no cohorts, where the table could not be read; else null
 */
public record Cohorts(String table, ImmutableList<Cohort> cohorts, @Nullable String problem) {
  private static final String SQL =
      """
      SELECT segment, segment_value, cohort_month, months_since, cohort_size, cohort_new_mrr,
        logo_retention, revenue_retention
      FROM marts.retention_cohorts
      WHERE segment <> 'country'
      ORDER BY 1, 2, 3, 4
      """;

  /**
   * The customers who first had MRR in one month.
   *
   * @param logo the fraction of customers, by months since {@code month} from 0 on
   * @param revenue the fraction of their first MRR, likewise
   */
  public record Cohort(
      String segment,
      String value,
      LocalDate month,
      long size,
      BigDecimal newMrr,
      List<BigDecimal> logo,
      List<BigDecimal> revenue) {}

  private record Key(String segment, String value, LocalDate month) {}

  static Cohorts of(Warehouse warehouse) {
    Reading reading = Reading.of(warehouse, SQL);
    Map<Key, Cohort> cohorts = new LinkedHashMap<>();
    for (List<Object> row : reading.rows()) {
      Key key = new Key((String) row.get(0), (String) row.get(1), (LocalDate) row.get(2));
      Cohort cohort =
          cohorts.computeIfAbsent(
              key,
              k ->
                  new Cohort(
                      k.segment(),
                      k.value(),
                      k.month(),
                      (Long) row.get(4),
                      (BigDecimal) row.get(5),
                      new ArrayList<>(),
                      new ArrayList<>()));
      // Cells of the past are without gaps, so a month's place in the list says which it is.
      cohort.logo().add((BigDecimal) row.get(6));
      cohort.revenue().add((BigDecimal) row.get(7));
    }
    return new Cohorts(
        "marts.retention_cohorts",
        ImmutableList.copyOf(cohorts.values()),
        reading.problem().orElse(null));
  }
}
