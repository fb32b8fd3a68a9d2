package org.stripeanalytics.warehouse;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.stripeanalytics.contract.WarehouseTable;

/** Takes rows of several tables apart, into a collection for each. Keeps windows and timestamps. */
public final class SplitByTable extends PTransform<PCollection<RowOfTable>, PCollectionTuple> {
  private final ImmutableList<WarehouseTable<?>> tables;

  private SplitByTable(ImmutableList<WarehouseTable<?>> tables) {
    this.tables = tables;
  }

  /**
   * @param tables all that there are rows of
   */
  public static SplitByTable of(List<? extends WarehouseTable<?>> tables) {
    return new SplitByTable(ImmutableList.copyOf(tables));
  }

  /** The rows of one of the tables, among all that were split. */
  public static <T> PCollection<T> rowsOf(WarehouseTable<T> table, PCollectionTuple split) {
    return split.get(new TupleTag<T>(table.name()));
  }

  @Override
  public PCollectionTuple expand(PCollection<RowOfTable> rows) {
    TupleTagList others = TupleTagList.empty();
    for (WarehouseTable<?> table : tables.subList(1, tables.size())) {
      others = others.and(new TupleTag<>(table.name()));
    }
    PCollectionTuple split =
        rows.apply(
            "Split",
            ParDo.of(new SplitFn()).withOutputTags(new TupleTag<>(tables.get(0).name()), others));
    tables.forEach(table -> setCoder(table, split));
    return split;
  }

  private static <T> void setCoder(WarehouseTable<T> table, PCollectionTuple split) {
    rowsOf(table, split).setCoder(table.coder());
  }

  private static final class SplitFn extends DoFn<RowOfTable, Object> {
    @ProcessElement
    public void split(@Element RowOfTable row, MultiOutputReceiver output) {
      output.get(new TupleTag<>(row.table().name())).output(row.row());
    }
  }
}
