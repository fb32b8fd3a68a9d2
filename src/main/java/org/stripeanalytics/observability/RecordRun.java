package org.stripeanalytics.observability;

import static org.apache.beam.sdk.values.TypeDescriptors.kvs;
import static org.apache.beam.sdk.values.TypeDescriptors.longs;
import static org.apache.beam.sdk.values.TypeDescriptors.strings;
import static org.stripeanalytics.contract.Tables.RUN_LOG;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.quality.RowTally;
import org.stripeanalytics.warehouse.PublishedTable;
import org.stripeanalytics.warehouse.UsesTables;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Writes a row of {@code ops.run_log} for every table that a run has published, in one step after
 * the publication, so a row says that the data is there. The run has succeeded when its rows are
 * written, and lineage is notified then. Bounded.
 */
public final class RecordRun extends PTransform<PCollection<PublishedTable>, PDone>
    implements UsesTables {
  private final RunLog log;
  private final @Nullable PCollection<RowTally> tallies;

  private RecordRun(RunLog log, @Nullable PCollection<RowTally> tallies) {
    this.log = log;
    this.tallies = tallies;
  }

  public static RecordRun in(Warehouse warehouse, RunContext run) {
    return new RecordRun(new RunLog(warehouse, run), null);
  }

  /**
   * What was rejected or superseded before the publication. Default: nothing, as in a run that
   * makes its rows itself.
   */
  public RecordRun withTallies(PCollection<RowTally> beforePublication) {
    return new RecordRun(log, beforePublication);
  }

  @Override
  public List<WarehouseTable<?>> tablesAppended() {
    return List.of(RUN_LOG);
  }

  @Override
  public PDone expand(PCollection<PublishedTable> published) {
    PCollectionView<Iterable<RowTally>> counted = tallies == null ? null : sums(tallies);
    ParDo.SingleOutput<KV<String, Iterable<PublishedTable>>, Void> write =
        ParDo.of(new WriteFn(log, counted));
    published
        .apply("ToOneKey", WithKeys.of(log.run().runId()))
        .apply("WaitForAll", GroupByKey.create())
        .apply("WriteRunLog", counted == null ? write : write.withSideInputs(counted));
    return PDone.in(published.getPipeline());
  }

  /** There may be one for every row. */
  private static PCollectionView<Iterable<RowTally>> sums(PCollection<RowTally> tallies) {
    return tallies
        .apply(
            "ByTableAndWay",
            MapElements.into(kvs(kvs(strings(), strings()), longs()))
                .via(tally -> KV.of(KV.of(tally.getTable(), tally.getWay()), tally.getRows())))
        .apply("SumRows", Sum.longsPerKey())
        .apply(
            "TallySums",
            MapElements.into(TypeDescriptor.of(RowTally.class))
                .via(
                    sum ->
                        RowTally.of(
                            sum.getKey().getKey(),
                            RowTally.Way.valueOf(sum.getKey().getValue()),
                            sum.getValue())))
        .apply("Tallies", View.asIterable());
  }

  private static final class WriteFn extends DoFn<KV<String, Iterable<PublishedTable>>, Void> {
    private final RunLog log;
    private final @Nullable PCollectionView<Iterable<RowTally>> tallies;

    WriteFn(RunLog log, @Nullable PCollectionView<Iterable<RowTally>> tallies) {
      this.log = log;
      this.tallies = tallies;
    }

    @ProcessElement
    public void write(ProcessContext context) {
      log.recordSuccess(
          ImmutableList.copyOf(context.element().getValue()),
          tallies == null ? List.of() : context.sideInput(tallies));
    }

    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      builder.add(DisplayData.item("table", RUN_LOG.name()).withLabel("Appended table"));
    }
  }
}
