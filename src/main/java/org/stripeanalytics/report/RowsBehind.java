package org.stripeanalytics.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * For each card of the dashboard the query that fetches the rows behind it, {@code rows/<name>.sql}
 * in the subset of SQL that all warehouses share. The page fills in the month and the customers
 * that are looked at: {@code {from}} and {@code {to}} are the first days of the month and of the
 * next, {@code {in_view}} is a condition on the segment columns of a fact, and {@code
 * {of_customers}} one on {@code customer_id}. Where a table has moments and no days, the bounds of
 * the newest month in the reporting zone are filled in here.
 */
final class RowsBehind {
  static final ImmutableList<String> NAMES =
      ImmutableList.of(
          "mrr",
          "movements",
          "churn",
          "churn-kinds",
          "nrr",
          "cohorts",
          "stages",
          "risk",
          "outcomes",
          "evaluation",
          "forecast",
          "lifetime",
          "funnel",
          "unit-economics",
          "attribution",
          "ways",
          "tickets",
          "deals",
          "coverage",
          "recovery",
          "decline-codes",
          "refunds",
          "disputes",
          "ledger",
          "anomalies",
          "deliveries",
          "restatements",
          "benchmarks");

  /** The queries by name; none where there is no month to ask about. */
  static ImmutableMap<String, String> of(ReportFrame frame) {
    return frame.lastMonth().map(month -> of(month, frame)).orElse(ImmutableMap.of());
  }

  private static ImmutableMap<String, String> of(LocalDate month, ReportFrame frame) {
    ZoneId zone = ZoneId.of(frame.zone());
    ImmutableMap.Builder<String, String> queries = ImmutableMap.builder();
    for (String name : NAMES) {
      queries.put(
          name,
          ReportPage.resource("rows/" + name + ".sql")
              .replace("{from_moment}", moment(month, zone))
              .replace("{to_moment}", moment(month.plusMonths(1), zone)));
    }
    return queries.build();
  }

  private static String moment(LocalDate day, ZoneId zone) {
    return "TIMESTAMP '%s+00:00'"
        .formatted(
            day.atStartOfDay(zone).toInstant().toString().replace("Z", "").replace("T", " "));
  }

  private RowsBehind() {}
}
