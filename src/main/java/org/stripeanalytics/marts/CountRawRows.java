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
 * rows, within the days or before, the opening of the account is among the output. So is, in any
 * case, how far the events reach. Bounded, in the global window. The Beam distribution {@code
 * lag_days} says how many days the newest row of a table is behind the last of the days.
 */
public final class CountRawRows extends PTransform<PBegin, PCollection<AccountFact>> {
  private final Warehouse warehouse;
  private final DataInterval days;
  private final NewestEvent newestEvent;

  private CountRawRows(Warehouse warehouse, DataInterval days, NewestEvent newestEvent) {
    this.warehouse = warehouse;
    this.days = days;
    this.newestEvent = newestEvent;
  }

  public static CountRawRows of(Warehouse warehouse, DataInterval days, NewestEvent newestEvent) {
    return new CountRawRows(warehouse, days, newestEvent);
  }

  /** Names of the tables that are counted. */
  static ImmutableList<String> tables() {
    return Tables.all().stream()
        .filter(table -> table.contract().isOfStripe())
        .map(WarehouseTable::name)
        .collect(ImmutableList.toImmutableList());
  }

  @Override
  public PCollection<AccountFact> expand(PBegin pipeline) {
    return pipeline
        .apply("Begin", Impulse.create())
        .apply("AskWarehouse", ParDo.of(new AskFn(warehouse, days, newestEvent)));
  }

  private static final class AskFn extends DoFn<byte[], AccountFact> {
    private final Distribution lag = Metrics.distribution(CountRawRows.class, "lag_days");
    private final Warehouse warehouse;
    private final DataInterval days;
    private final NewestEvent newestEvent;

    AskFn(Warehouse warehouse, DataInterval days, NewestEvent newestEvent) {
      this.warehouse = warehouse;
      this.days = days;
      this.newestEvent = newestEvent;
    }

    @ProcessElement
    public void ask(OutputReceiver<AccountFact> output) {
      try (Warehouse.Hold unused = warehouse.holdOpen()) {
        Object firstDay =
            warehouse
                .query("SELECT MIN(f.day) AS day FROM (" + ofEach(AskFn::firstDay) + ") AS f")
                .value();
        if (firstDay == null) {
          // Something has to be known, so that rows are made of an account without any.
          output.output(count(SegmentKey.ALL, days.from(), 0));
        } else {
          output.output(AccountFact.of(WatchedDay.opening((LocalDate) firstDay)));
        }
        countByDay(output);
        output.output(AccountFact.of(newestEvent.find()));
      }
    }

    private void countByDay(OutputReceiver<AccountFact> output) {
      TreeMap<LocalDate, Long> together = new TreeMap<>();
      TreeMap<String, LocalDate> newest = new TreeMap<>();
      for (List<Object> row : warehouse.query(ofEach(this::countsByDay)).rows()) {
        String table = (String) row.get(0);
        LocalDate day = (LocalDate) row.get(1);
        long rows = (Long) row.get(2);
        output.output(count(table, day, rows));
        together.merge(day, rows, Long::sum);
        newest.merge(table, day, (a, b) -> a.isAfter(b) ? a : b);
      }
      together.forEach((day, rows) -> output.output(count(SegmentKey.ALL, day, rows)));
      newest
          .values()
          .forEach(day -> lag.update(ChronoUnit.DAYS.between(day, days.to().minusDays(1))));
    }

    private static AccountFact count(String subject, LocalDate day, long rows) {
      return AccountFact.of(WatchedDay.count(WatchedMetric.ROWS, subject, day, rows));
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
