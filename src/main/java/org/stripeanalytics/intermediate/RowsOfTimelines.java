package org.stripeanalytics.intermediate;

import java.util.Collection;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.WarehouseTable;

/**
 * The rows of one table, made of each customer's timeline by a plain function. Keeps windows and
 * timestamps.
 */
public final class RowsOfTimelines<RowT>
    extends PTransform<PCollection<CustomerTimeline>, PCollection<RowT>> {
  private final WarehouseTable<RowT> table;
  private final SerializableFunction<CustomerTimeline, Collection<RowT>> rows;

  private RowsOfTimelines(
      WarehouseTable<RowT> table, SerializableFunction<CustomerTimeline, Collection<RowT>> rows) {
    this.table = table;
    this.rows = rows;
  }

  public static <RowT> RowsOfTimelines<RowT> of(
      WarehouseTable<RowT> table, SerializableFunction<CustomerTimeline, Collection<RowT>> rows) {
    return new RowsOfTimelines<>(table, rows);
  }

  @Override
  public PCollection<RowT> expand(PCollection<CustomerTimeline> timelines) {
    return timelines.apply("MakeRows", ParDo.of(new MakeRowsFn<>(rows))).setCoder(table.coder());
  }

  private static final class MakeRowsFn<RowT> extends DoFn<CustomerTimeline, RowT> {
    private final SerializableFunction<CustomerTimeline, Collection<RowT>> rows;

    MakeRowsFn(SerializableFunction<CustomerTimeline, Collection<RowT>> rows) {
      this.rows = rows;
    }

    @ProcessElement
    public void make(@Element CustomerTimeline timeline, OutputReceiver<RowT> output) {
      rows.apply(timeline).forEach(output::output);
    }
  }
}
