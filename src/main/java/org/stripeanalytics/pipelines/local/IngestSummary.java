package org.stripeanalytics.pipelines.local;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.metrics.MetricResults;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.ingestion.DeliveredRows;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * What a person wants to see when files have been ingested: what came, what did not become a row
 * and why, which marts lack something, and from which day on transform sees it.
 *
 * @param delivered what the run was delivered, by table or type
 * @param empty the raw tables that no run has filled so far
 * @param onlyTestMode whether nothing of live mode has come so far, though something of test mode
 * @param lastExtract the newest day under which whole objects are filed, as an export or Stripe's
 *     API has shown them; null if only events came
 */
record IngestSummary(
    ImmutableList<DeliveredRows> delivered,
    ImmutableSet<String> empty,
    boolean onlyTestMode,
    @Nullable LocalDate lastExtract) {
  private static final int MOST_REASONS = 3;
  private static final ImmutableSet<Integer> NUMBERS = ImmutableSet.of(1, 2, 3);

  /** Any account has some of these. */
  private static final ImmutableList<WarehouseTable<?>> OF_A_MODE =
      ImmutableList.of(Tables.CUSTOMERS, Tables.SUBSCRIPTIONS, Tables.INVOICES, Tables.CHARGES);

  private static final String LAST_EXTRACT =
      OF_A_MODE.stream()
          .map(table -> "SELECT _snapshot_date, _source FROM " + table.name())
          .collect(
              joining(
                  " UNION ALL ",
                  "(SELECT MAX(_snapshot_date) FROM (",
                  ") AS t WHERE _source IN ('json', 'stripe_api'))"));

  /** What is unknown while nothing of a table was ever delivered. */
  private static final ImmutableMap<WarehouseTable<?>, String> CONSEQUENCES =
      ImmutableMap.<WarehouseTable<?>, String>builder()
          .put(Tables.CUSTOMERS, "no country, channel or signup is known, trial_funnel is empty")
          .put(Tables.SUBSCRIPTIONS, "no MRR, churn or retention in any mart")
          .put(Tables.PRODUCTS, "plans have no names, their MRR counts as other")
          .put(Tables.INVOICES, "payment_health_monthly is empty, trial_funnel has no payers")
          .put(Tables.CHARGES, "refunds_disputes_monthly is empty")
          .put(Tables.REFUNDS, "refunds_disputes_monthly counts no refund")
          .put(Tables.DISPUTES, "refunds_disputes_monthly counts no dispute")
          .put(Tables.BALANCE_TRANSACTIONS, "revenue_daily is empty")
          .put(Tables.MARKETING_SPEND, "unit_economics_monthly has no spend, CAC or payback")
          .buildOrThrow();

  /**
   * @param metrics those of the run's result
   * @param warehouse as the run has left it
   */
  static IngestSummary of(MetricResults metrics, Warehouse warehouse) {
    ImmutableList<WarehouseTable<?>> tables = CONSEQUENCES.keySet().asList();
    List<Object> filled =
        warehouse
            .query(
                Stream.concat(
                        tables.stream().map(table -> "EXISTS (SELECT 1 FROM " + table.name() + ")"),
                        Stream.of(hasMode("t.livemode"), hasMode("NOT t.livemode"), LAST_EXTRACT))
                    .collect(joining(", ", "SELECT ", "")))
            .rows()
            .get(0);
    ImmutableSet.Builder<String> empty = ImmutableSet.builder();
    for (int i = 0; i < tables.size(); i++) {
      if (!(Boolean) filled.get(i)) {
        empty.add(tables.get(i).name());
      }
    }
    boolean live = (Boolean) filled.get(tables.size());
    boolean test = (Boolean) filled.get(tables.size() + 1);
    LocalDate lastExtract = (LocalDate) filled.get(tables.size() + 2);
    return new IngestSummary(DeliveredRows.of(metrics), empty.build(), test && !live, lastExtract);
  }

  /** What came of the export of another source, on which no mart of Stripe waits. */
  static IngestSummary ofSource(MetricResults metrics) {
    return new IngestSummary(DeliveredRows.of(metrics), ImmutableSet.of(), false, null);
  }

  private static String hasMode(String condition) {
    return OF_A_MODE.stream()
        .map(table -> "EXISTS (SELECT 1 FROM %s AS t WHERE %s)".formatted(table.name(), condition))
        .collect(joining(" OR ", "(", ")"));
  }

  /** Up to four short tables; those that have nothing to say are left out. */
  String render() {
    return "\n"
        + (delivered.isEmpty()
            ? "Nothing was delivered.\n"
            : TextTable.lines("", withHead(delivered.stream().map(IngestSummary::row)), NUMBERS))
        + section("Rejected", rejected())
        + section("Missing", missing())
        + section("Next", next());
  }

  private static List<List<String>> withHead(Stream<List<String>> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("Delivered", "read", "ignored", "rejected", "first day", "last day"));
    rows.forEach(lines::add);
    return lines;
  }

  private static List<String> row(DeliveredRows kind) {
    return List.of(
        "  " + label(kind),
        number(kind.read()),
        number(kind.ignored()),
        number(kind.rejectedRows()),
        text(kind.firstDay()),
        text(kind.lastDay()));
  }

  private List<List<String>> rejected() {
    return delivered.stream()
        .filter(kind -> kind.rejectedRows() > 0)
        .map(kind -> List.of(label(kind), reasons(kind.rejected())))
        .toList();
  }

  private static String reasons(Map<String, Long> byRule) {
    String commonest =
        byRule.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MOST_REASONS)
            .map(rule -> number(rule.getValue()) + " " + rule.getKey())
            .collect(joining(", "));
    return byRule.size() > MOST_REASONS ? commonest + ", …" : commonest;
  }

  private List<List<String>> missing() {
    Stream<List<String>> mode =
        onlyTestMode
            ? Stream.of(
                List.of(
                    "no object of live mode delivered: every mart is empty unless transform is"
                        + " given --livemode=false"))
            : Stream.empty();
    return Stream.concat(mode, tablesMissing()).toList();
  }

  private Stream<List<String>> tablesMissing() {
    return CONSEQUENCES.entrySet().stream()
        .filter(consequence -> empty.contains(consequence.getKey().name()))
        .map(
            consequence ->
                List.of(
                    "no %s delivered: %s"
                        .formatted(
                            consequence.getKey().contract().table().replace('_', ' '),
                            consequence.getValue())));
  }

  /** A transform that ends before that day would not see such an object at all. */
  private List<List<String>> next() {
    return lastExtract == null
        ? List.of()
        : List.of(
            List.of(
                "transform --to=%s or later reads what was extracted on %s"
                    .formatted(lastExtract.plusDays(1), lastExtract)));
  }

  private static String section(String title, List<List<String>> lines) {
    return lines.isEmpty()
        ? ""
        : "\n" + title + "\n" + TextTable.lines("  ", lines, ImmutableSet.of());
  }

  private static String label(DeliveredRows kind) {
    return kind.name().isEmpty() ? "no object" : kind.name();
  }

  private static String number(long value) {
    return value == 0 ? "" : String.format(Locale.ROOT, "%,d", value);
  }

  private static String text(@Nullable LocalDate day) {
    return day == null ? "" : day.toString();
  }
}
