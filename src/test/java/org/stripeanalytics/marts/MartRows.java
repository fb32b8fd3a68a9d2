package org.stripeanalytics.marts;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** Sums what was measured for one mart and makes its rows, as all marts together do in a run. */
final class MartRows<M extends Enum<M>, RowT>
    extends PTransform<PCollection<KV<RowGroup, Sums<M>>>, PCollection<RowT>> {
  private final Mart<M, RowT> mart;
  private final ZoneId zone;

  private MartRows(Mart<M, RowT> mart, ZoneId zone) {
    this.mart = mart;
    this.zone = zone;
  }

  static <M extends Enum<M>, RowT> MartRows<M, RowT> of(Mart<M, RowT> mart, ZoneId zone) {
    return new MartRows<>(mart, zone);
  }

  @Override
  public PCollection<RowT> expand(PCollection<KV<RowGroup, Sums<M>>> measures) {
    return measures
        .apply("SumByPeriod", SumByPeriod.of(mart.grain(), zone))
        .apply("GroupByRowGroup", GroupByKey.create())
        .apply("RollForward", ParDo.of(new RollFn<>(mart)))
        .setCoder(mart.table().coder());
  }

  private static final class RollFn<M extends Enum<M>, RowT>
      extends DoFn<KV<RowGroup, Iterable<KV<Long, Sums<M>>>>, RowT> {
    private final Mart<M, RowT> mart;

    RollFn(Mart<M, RowT> mart) {
      this.mart = mart;
    }

    @ProcessElement
    public void roll(
        @Element KV<RowGroup, Iterable<KV<Long, Sums<M>>>> group, OutputReceiver<RowT> output) {
      TreeMap<LocalDate, Sums<M>> history = new TreeMap<>();
      group
          .getValue()
          .forEach(period -> history.put(LocalDate.ofEpochDay(period.getKey()), period.getValue()));
      mart.rows(group.getKey(), history).forEach(output::output);
    }
  }
}
