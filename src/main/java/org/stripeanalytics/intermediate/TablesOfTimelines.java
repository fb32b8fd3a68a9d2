package org.stripeanalytics.intermediate;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.warehouse.RowOfTable;
import org.stripeanalytics.warehouse.RowSink;

/**
 * The rows of several tables, made of each customer's timeline in one step. Keeps windows and
 * timestamps.
 */
public final class TablesOfTimelines
    extends PTransform<PCollection<CustomerTimeline>, PCollection<RowOfTable>> {
  private final ImmutableList<TableOfTimelines<?>> tables;
  private final Coder<RowOfTable> coder;

  private TablesOfTimelines(ImmutableList<TableOfTimelines<?>> tables, Coder<RowOfTable> coder) {
    this.tables = tables;
    this.coder = coder;
  }

  /**
   * @param coder of their rows, and of those that they come together with
   */
  public static TablesOfTimelines of(List<RowsOfTimelines<?>> tables, Coder<RowOfTable> coder) {
    return new TablesOfTimelines(
        tables.stream().map(RowsOfTimelines::table).collect(toImmutableList()), coder);
  }

  @Override
  public PCollection<RowOfTable> expand(PCollection<CustomerTimeline> timelines) {
    return timelines.apply("MakeRows", ParDo.of(new MakeRowsFn(tables))).setCoder(coder);
  }

  private static final class MakeRowsFn extends DoFn<CustomerTimeline, RowOfTable> {
    private final ImmutableList<TableOfTimelines<?>> tables;

    MakeRowsFn(ImmutableList<TableOfTimelines<?>> tables) {
      this.tables = tables;
    }

    @ProcessElement
    public void make(@Element CustomerTimeline timeline, OutputReceiver<RowOfTable> output) {
      RowSink rows =
          new RowSink() {
            @Override
            public <T> void put(WarehouseTable<T> table, T row) {
              output.output(RowOfTable.of(table, row));
            }
          };
      tables.forEach(table -> table.put(timeline, rows));
    }
  }
}
