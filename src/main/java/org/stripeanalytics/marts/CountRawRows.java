package org.stripeanalytics.marts;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.QueryResult;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * How many rows each raw table, and all of them together, have of each day, counted by the
 * warehouse, one query per table over its partition column. Bounded, in the global window. The Beam
 * distribution {@code lag_days} says how many days behind the last of the days the newest row of a
 * table is.
 */
public final class CountRawRows extends PTransform<PBegin, PCollectionTuple> {
  private static final TupleTag<WatchedDay> COUNTS = new TupleTag<>() {};
  private static final TupleTag<Long> FIRST_DAYS = new TupleTag<>() {};
  private static final TupleTag<KV<Long, Long>> BY_DAY = new TupleTag<>() {};

  private final Warehouse warehouse;
  private final DataInterval days;

  private CountRawRows(Warehouse warehouse, DataInterval days) {
    this.warehouse = warehouse;
    this.days = days;
  }

  public static CountRawRows of(Warehouse warehouse, DataInterval days) {
    return new CountRawRows(warehouse, days);
  }

  /** The counts of the output; a day without rows is absent. */
  public static TupleTag<WatchedDay> getCountsTag() {
    return COUNTS;
  }

  /** The first day, since the epoch, of every table that has rows, within the days or before. */
  public static TupleTag<Long> getFirstDaysTag() {
    return FIRST_DAYS;
  }

  @Override
  public PCollectionTuple expand(PBegin pipeline) {
    PCollectionTuple answers =
        pipeline
            .apply(
                "ListRawTables",
                Create.of(
                    Tables.all().stream()
                        .filter(table -> table.contract().layer() == Layer.RAW)
                        .map(WarehouseTable::name)
                        .toList()))
            .apply("Spread", Reshuffle.viaRandomKey())
            .apply(
                "AskWarehouse",
                ParDo.of(new AskFn(warehouse, days))
                    .withOutputTags(COUNTS, TupleTagList.of(FIRST_DAYS).and(BY_DAY)));
    PCollection<WatchedDay> together =
        answers
            .get(BY_DAY)
            .setCoder(KvCoder.of(VarLongCoder.of(), VarLongCoder.of()))
            .apply("SumDays", Sum.longsPerKey())
            .apply(
                "OfAllTables",
                MapElements.into(TypeDescriptor.of(WatchedDay.class))
                    .via(
                        day ->
                            WatchedDay.count(
                                WatchedMetric.ROWS,
                                SegmentKey.ALL,
                                LocalDate.ofEpochDay(day.getKey()),
                                day.getValue())));
    return PCollectionTuple.of(
            COUNTS,
            PCollectionList.of(answers.get(COUNTS))
                .and(together)
                .apply("FlattenCounts", Flatten.pCollections()))
        .and(FIRST_DAYS, answers.get(FIRST_DAYS).setTypeDescriptor(TypeDescriptors.longs()));
  }

  private static final class AskFn extends DoFn<String, WatchedDay> {
    private final Distribution lag = Metrics.distribution(CountRawRows.class, "lag_days");
    private final Warehouse warehouse;
    private final DataInterval days;

    AskFn(Warehouse warehouse, DataInterval days) {
      this.warehouse = warehouse;
      this.days = days;
    }

    @ProcessElement
    public void ask(@Element String table, MultiOutputReceiver output) {
      QueryResult first =
          warehouse.query("SELECT MIN(t._snapshot_date) AS first_day FROM " + table + " AS t");
      if (first.value() != null) {
        output.get(FIRST_DAYS).output(((LocalDate) first.value()).toEpochDay());
      }
      QueryResult counts =
          warehouse.query(
              "SELECT t._snapshot_date AS day, COUNT(*) AS row_count FROM %s AS t".formatted(table)
                  + " WHERE t._snapshot_date >= DATE '%s' AND t._snapshot_date < DATE '%s'"
                      .formatted(days.from(), days.to())
                  + " GROUP BY t._snapshot_date");
      counts.rows().stream()
          .map(row -> (LocalDate) row.get(0))
          .max(Comparator.naturalOrder())
          .ifPresent(newest -> lag.update(ChronoUnit.DAYS.between(newest, days.to().minusDays(1))));
      counts
          .rows()
          .forEach(
              row -> {
                LocalDate day = (LocalDate) row.get(0);
                long rows = (Long) row.get(1);
                output.get(COUNTS).output(WatchedDay.count(WatchedMetric.ROWS, table, day, rows));
                output.get(BY_DAY).output(KV.of(day.toEpochDay(), rows));
              });
    }
  }
}
