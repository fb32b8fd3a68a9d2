package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * What a person wants to see when a run has ended.
 *
 * @param signups customers who ever signed up
 * @param month the newest month of {@code marts.mrr_monthly}, if it has any
 * @param outlook from the end of that month, if anything could be predicted
 * @param rowsByLayer in the order of the data flow
 * @param runner what ran the pipelines
 * @param timeByStage in the order of the run
 * @param place where the tables are
 * @param page the report
 */
record Summary(
    long signups,
    Optional<Month> month,
    Optional<Outlook> outlook,
    ImmutableMap<Layer, Long> rowsByLayer,
    String runner,
    ImmutableMap<String, Duration> timeByStage,
    Duration total,
    String place,
    Path page) {

  /** The account in its newest month, in major units of the reporting currency. */
  record Month(
      LocalDate month,
      long customersStart,
      long customersEnd,
      long customersLost,
      BigDecimal mrr,
      BigDecimal arr) {}

  /**
   * What is expected within a month.
   *
   * @param mrrAtRisk of those who have not announced that they leave, in major units
   * @param published model or baseline
   * @param auc of the model's predictions so far, if outcomes determine one
   */
  record Outlook(BigDecimal mrrAtRisk, String published, Optional<BigDecimal> auc) {}

  private static final ImmutableSet<Integer> NUMBERS = ImmutableSet.of(1);

  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH);

  private static final String NEWEST_MONTH =
      """
      SELECT m.month, m.customers_start, m.customers_end, c.customers_lost, m.mrr_end, m.arr_end
      FROM marts.mrr_monthly AS m JOIN marts.churn_monthly AS c USING (month, segment, segment_value)
      WHERE m.segment = 'all' ORDER BY m.month DESC LIMIT 1
      """;

  private static final String NEWEST_RISK =
      """
      SELECT SUM(r.mrr_at_risk) AS mrr_at_risk, e.published, e.auc
      FROM marts.churn_risk AS r, marts.model_evaluation AS e
      WHERE r.month = (SELECT MAX(month) FROM marts.mrr_monthly) AND r.mrr_at_risk IS NOT NULL
        AND e.horizon_months = 1 AND e.risk = 'any' AND e.segment = 'all'
      GROUP BY 2, 3
      """;

  static Summary of(
      Warehouse warehouse,
      String runner,
      ImmutableMap<String, Duration> timeByStage,
      Duration total,
      String place,
      Path page) {
    long signups = (Long) warehouse.query("SELECT count(DISTINCT id) FROM raw.customers").value();
    return new Summary(
        signups,
        warehouse.query(NEWEST_MONTH).rows().stream().map(Summary::month).findFirst(),
        warehouse.query(NEWEST_RISK).rows().stream().map(Summary::outlook).findFirst(),
        rowsByLayer(warehouse),
        runner,
        timeByStage,
        total,
        place,
        page);
  }

  private static Month month(List<Object> row) {
    return new Month(
        (LocalDate) row.get(0),
        (Long) row.get(1),
        (Long) row.get(2),
        (Long) row.get(3),
        (BigDecimal) row.get(4),
        (BigDecimal) row.get(5));
  }

  private static Outlook outlook(List<Object> row) {
    return new Outlook(
        (BigDecimal) row.get(0), (String) row.get(1), Optional.ofNullable((BigDecimal) row.get(2)));
  }

  private static ImmutableMap<Layer, Long> rowsByLayer(Warehouse warehouse) {
    ImmutableMap.Builder<Layer, Long> rows = ImmutableMap.builder();
    for (Layer layer : Layer.values()) {
      List<String> tables =
          Tables.all().stream()
              .filter(table -> table.contract().layer() == layer)
              .map(WarehouseTable::name)
              .toList();
      if (!tables.isEmpty() && layer.isReproducible()) {
        String sum =
            "SELECT "
                + String.join(
                    " + ", tables.stream().map(t -> "(SELECT count(*) FROM " + t + ")").toList());
        long count = (Long) warehouse.query(sum).value();
        if (count > 0 || layer != Layer.TRUTH) {
          rows.put(layer, count);
        }
      }
    }
    return rows.build();
  }

  /** Three short tables, where the warehouse is, and what to type next. */
  String render() {
    return """

    %s
    %s
    %s
    %s
    %s  (dashboard and catalogue, for a browser)

    Next:
      scripts/sql "SELECT month, mrr_end, customers_end FROM marts.mrr_monthly WHERE segment = 'all' ORDER BY month"
      scripts/sql "SELECT * FROM facts.fct_mrr_movements LIMIT 10" --format=json
      scripts/sql --checksums
    """
        .formatted(
            month.map(this::account).orElse("No month has ended yet.\n"),
            "Rows\n" + TextTable.lines("  ", rows(), NUMBERS),
            "Seconds by " + runner + "\n" + TextTable.lines("  ", seconds(), NUMBERS),
            place,
            page);
  }

  private String account(Month m) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "paying customers",
            number(m.customersEnd()),
            "of " + number(signups) + " who signed up"));
    lines.add(List.of("MRR", number(m.mrr()), "a month"));
    lines.add(List.of("ARR", number(m.arr()), "a year"));
    lines.add(
        List.of(
            "churn",
            percent(m.customersLost(), m.customersStart()),
            number(m.customersLost())
                + " of the "
                + number(m.customersStart())
                + " who paid at its start"));
    outlook.ifPresent(
        o ->
            lines.add(
                List.of(
                    "at risk",
                    number(o.mrrAtRisk()),
                    "of MRR expected to leave within a month, unannounced; " + accuracy(o))));
    return m.month().format(MONTH) + "\n" + TextTable.lines("  ", lines, NUMBERS);
  }

  private static String accuracy(Outlook o) {
    return (o.published().equals("model") ? "by a model" : "by tenure alone, as the model")
        + (o.auc().isPresent()
            ? " with an AUC of " + o.auc().get().setScale(2, RoundingMode.HALF_UP)
            : " whose AUC is not known")
        + (o.published().equals("model") ? "" : " did not pass");
  }

  private List<List<String>> rows() {
    return rowsByLayer.entrySet().stream()
        .map(layer -> List.of(layer.getKey().id(), number(layer.getValue())))
        .toList();
  }

  private List<List<String>> seconds() {
    List<List<String>> lines = new ArrayList<>();
    timeByStage.forEach((stage, time) -> lines.add(List.of(stage, seconds(time))));
    lines.add(List.of("all", seconds(total)));
    return lines;
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String number(BigDecimal value) {
    return String.format(Locale.ROOT, "%,.2f", value.setScale(2, RoundingMode.HALF_UP));
  }

  private static String percent(long part, long whole) {
    return whole == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }
}
