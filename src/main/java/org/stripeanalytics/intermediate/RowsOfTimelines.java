package org.stripeanalytics.intermediate;

import java.util.Collection;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.fold.timeline.CustomerTimeline;

/**
 * The rows of one table, made of each customer's timeline by a plain function. Keeps windows and
 * timestamps.
 */
public final class RowsOfTimelines<RowT>
    extends PTransform<PCollection<CustomerTimeline>, PCollection<RowT>> {
  private final TableOfTimelines<RowT> table;

  private RowsOfTimelines(TableOfTimelines<RowT> table) {
    this.table = table;
  }

  public static <RowT> RowsOfTimelines<RowT> of(
      WarehouseTable<RowT> table, SerializableFunction<CustomerTimeline, Collection<RowT>> rows) {
    return new RowsOfTimelines<>(new TableOfTimelines<>(table, rows));
  }

  /** The table and its function, for whoever makes rows of several tables at once. */
  TableOfTimelines<RowT> table() {
    return table;
  }

  @Override
  public PCollection<RowT> expand(PCollection<CustomerTimeline> timelines) {
    return timelines
        .apply("MakeRows", ParDo.of(new MakeRowsFn<>(table)))
        .setCoder(table.table().coder());
  }

  private static final class MakeRowsFn<RowT> extends DoFn<CustomerTimeline, RowT> {
    private final TableOfTimelines<RowT> table;

    MakeRowsFn(TableOfTimelines<RowT> table) {
      this.table = table;
    }

    @ProcessElement
    public void make(@Element CustomerTimeline timeline, OutputReceiver<RowT> output) {
      table.rows().apply(timeline).forEach(output::output);
    }
  }
}
