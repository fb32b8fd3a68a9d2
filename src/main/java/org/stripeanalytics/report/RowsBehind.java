package org.stripeanalytics.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * For each card of the dashboard the query that fetches the rows behind it, {@code rows/<name>.sql}
 * in the subset of SQL that all warehouses share. The page fills in the months and the customers
 * that are looked at: {@code {from}} and {@code {to}} are the first day of the first month and the
 * day after the last, {@code {from_moment}} and {@code {to_moment}} the moments at which these
 * begin, {@code {in_view}} is a condition on the segment columns of a fact, {@code {of_segment}}
 * one on those of a mart, and {@code {of_customers}} one on {@code customer_id}.
 *
 * @param queries by name
 * @param monthStarts when the months with figures, and the one after them, begin in the reporting
 *     zone, as SQL has it, by their first days
 */
record RowsBehind(ImmutableMap<String, String> queries, ImmutableMap<String, String> monthStarts) {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

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
          "ltv-cac",
          "attribution",
          "cost-of-channels",
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

  static RowsBehind of(ReportFrame frame) {
    ImmutableMap.Builder<String, String> queries = ImmutableMap.builder();
    NAMES.forEach(name -> queries.put(name, PageResource.text("rows/" + name + ".sql")));
    return new RowsBehind(queries.build(), monthStarts(frame));
  }

  private static ImmutableMap<String, String> monthStarts(ReportFrame frame) {
    if (frame.firstMonth().isEmpty() || frame.lastMonth().isEmpty()) {
      return ImmutableMap.of();
    }
    ImmutableMap.Builder<String, String> starts = ImmutableMap.builder();
    LocalDate end = frame.lastMonth().get().plusMonths(1);
    for (LocalDate month = frame.firstMonth().get();
        !month.isAfter(end);
        month = month.plusMonths(1)) {
      starts.put(month.toString(), moment(month.atStartOfDay(ZoneId.of(frame.zone())).toInstant()));
    }
    return starts.build();
  }

  private static String moment(Instant instant) {
    return "TIMESTAMP '%s+00:00'".formatted(MOMENT.format(instant.atOffset(ZoneOffset.UTC)));
  }
}
