package org.stripeanalytics.marts;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * How many rows each raw table, and all of them together, have of each day, counted by the
 * warehouse in one query over the partition columns; a day without rows is absent. If there are any
 * rows, within the days or before, the opening of the account is among the output. Bounded, in the
 * global window. The Beam distribution {@code lag_days} says how many days the newest row of a
 * table is behind the last of the days.
 */
public final class CountRawRows extends PTransform<PBegin, PCollection<WatchedDay>> {
  private final Warehouse warehouse;
  private final DataInterval days;

  private CountRawRows(Warehouse warehouse, DataInterval days) {
    this.warehouse = warehouse;
    this.days = days;
  }

  public static CountRawRows of(Warehouse warehouse, DataInterval days) {
    return new CountRawRows(warehouse, days);
  }

  /** Names of the tables that are counted. */
  static ImmutableList<String> tables() {
    return Tables.all().stream()
        .filter(table -> table.contract().isOfStripe())
        .map(WarehouseTable::name)
        .collect(ImmutableList.toImmutableList());
  }

  @Override
  public PCollection<WatchedDay> expand(PBegin pipeline) {
    return pipeline
        .apply("Begin", Impulse.create())
        .apply("AskWarehouse", ParDo.of(new AskFn(warehouse, days)));
  }

  private static final class AskFn extends DoFn<byte[], WatchedDay> {
    private final Distribution lag = Metrics.distribution(CountRawRows.class, "lag_days");
    private final Warehouse warehouse;
    private final DataInterval days;

    AskFn(Warehouse warehouse, DataInterval days) {
      this.warehouse = warehouse;
      this.days = days;
    }

    @ProcessElement
    public void ask(OutputReceiver<WatchedDay> output) {
      try (Warehouse.Hold unused = warehouse.holdOpen()) {
        Object firstDay =
            warehouse
                .query("SELECT MIN(f.day) AS day FROM (" + ofEach(AskFn::firstDay) + ") AS f")
                .value();
        if (firstDay == null) {
          // Something has to be known, so that rows are made of an account without any.
          output.output(WatchedDay.count(WatchedMetric.ROWS, SegmentKey.ALL, days.from(), 0));
        } else {
          output.output(WatchedDay.opening((LocalDate) firstDay));
        }
        count(output);
      }
    }

    private void count(OutputReceiver<WatchedDay> output) {
      TreeMap<LocalDate, Long> together = new TreeMap<>();
      TreeMap<String, LocalDate> newest = new TreeMap<>();
      for (List<Object> row : warehouse.query(ofEach(this::countsByDay)).rows()) {
        String table = (String) row.get(0);
        LocalDate day = (LocalDate) row.get(1);
        long rows = (Long) row.get(2);
        output.output(WatchedDay.count(WatchedMetric.ROWS, table, day, rows));
        together.merge(day, rows, Long::sum);
        newest.merge(table, day, (a, b) -> a.isAfter(b) ? a : b);
      }
      together.forEach(
          (day, rows) ->
              output.output(WatchedDay.count(WatchedMetric.ROWS, SegmentKey.ALL, day, rows)));
      newest
          .values()
          .forEach(day -> lag.update(ChronoUnit.DAYS.between(day, days.to().minusDays(1))));
    }

    private static String firstDay(String table) {
      return "SELECT MIN(t._snapshot_date) AS day FROM " + table + " AS t";
    }

    private String countsByDay(String table) {
      return ("SELECT '%1$s' AS table_name, t._snapshot_date AS day, COUNT(*) AS row_count"
              + " FROM %1$s AS t WHERE t._snapshot_date >= DATE '%2$s'"
              + " AND t._snapshot_date < DATE '%3$s' GROUP BY t._snapshot_date")
          .formatted(table, days.from(), days.to());
    }

    private static String ofEach(Function<String, String> query) {
      return tables().stream().map(query).collect(joining("\nUNION ALL "));
    }
  }
}
