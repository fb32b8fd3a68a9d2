package org.stripeanalytics.observability;

import static org.stripeanalytics.contract.Tables.RUN_LOG;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.ops.RunLogEntry;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.quality.RowTally;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.PublishedTable;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Writes a row of {@code ops.run_log} for every table that a run has published. It is a publication
 * of its own behind that of the run, so a row says that the data is there; the run has succeeded
 * when its rows are, and lineage is told so. Bounded; the output says how many rows the log gained.
 */
public final class RecordRun
    extends PTransform<PCollection<PublishedTable>, PCollection<PublishedTable>> {
  private final Warehouse warehouse;
  private final RunContext run;
  private final @Nullable PCollection<RowTally> tallies;

  private RecordRun(Warehouse warehouse, RunContext run, @Nullable PCollection<RowTally> tallies) {
    this.warehouse = warehouse;
    this.run = run;
    this.tallies = tallies;
  }

  public static RecordRun in(Warehouse warehouse, RunContext run) {
    return new RecordRun(warehouse, run, null);
  }

  /**
   * What was rejected or superseded before the publication. Default: nothing, as in a run that
   * makes its rows itself.
   */
  public RecordRun withTallies(PCollection<RowTally> beforePublication) {
    return new RecordRun(warehouse, run, beforePublication);
  }

  @Override
  public PCollection<PublishedTable> expand(PCollection<PublishedTable> published) {
    Publication log = warehouse.mergingPublication(run.runId(), run.startedAt());
    PCollectionView<Map<KV<String, String>, Long>> rowsByWay = rowsByWay(published);
    published
        .apply(
            "DescribeRun",
            ParDo.of(new DescribeFn(warehouse, run, rowsByWay)).withSideInputs(rowsByWay))
        .setCoder(RUN_LOG.coder())
        .apply("LoadRunLog", log.load(RUN_LOG));
    PCollection<PublishedTable> recorded = published.getPipeline().apply("PublishRunLog", log);
    if (run.lineage().channel().isOpen()) {
      published.apply("TellCompletion", TellCompletion.of(run.lineage(), run.clock(), recorded));
    }
    return recorded;
  }

  /** Rows by table and way. */
  private PCollectionView<Map<KV<String, String>, Long>> rowsByWay(
      PCollection<PublishedTable> published) {
    PCollection<RowTally> counted =
        tallies == null
            ? published.getPipeline().apply("NoTallies", Create.empty(RowCoder.of(RowTally.class)))
            : tallies;
    return counted
        .apply(
            "ByTableAndWay",
            MapElements.into(
                    TypeDescriptors.kvs(
                        TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.strings()),
                        TypeDescriptors.longs()))
                .via(tally -> KV.of(KV.of(tally.getTable(), tally.getWay()), tally.getRows())))
        .apply("SumRows", Sum.longsPerKey())
        .apply("RowsByWay", View.asMap());
  }

  static RunLogEntry failed(RunContext run, Instant at, String message) {
    return entry(run, at)
        .setTableName("")
        .setOutcome("failed")
        .setMessage(message)
        .setRowsIn(0)
        .setRowsLoaded(0)
        .setRowsSuperseded(0)
        .setRowsRejected(0)
        .setBytesLoaded(0)
        .build();
  }

  private static RunLogEntry succeeded(
      RunContext run, PublishedTable table, long superseded, long rejected, String checksum) {
    return entry(run, run.clock().instant())
        .setTableName(table.getTable())
        .setOutcome("succeeded")
        .setRowsIn(table.getRows() + superseded + rejected)
        .setRowsLoaded(table.getRows())
        .setRowsSuperseded(superseded)
        .setRowsRejected(rejected)
        .setBytesLoaded(table.getBytes())
        .setChecksum(checksum)
        .build();
  }

  private static RunLogEntry.Builder entry(RunContext run, Instant finishedAt) {
    RunLogEntry.Builder entry =
        RunLogEntry.builder()
            .setPipeline(run.pipeline())
            .setAsOf(run.asOf())
            .setOptions(run.options())
            .setCodeVersion(run.codeVersion())
            .setRunner(run.runner())
            .setStartedAt(run.startedAt())
            .setFinishedAt(finishedAt)
            .setSeconds(
                BigDecimal.valueOf(Duration.between(run.startedAt(), finishedAt).toMillis(), 3));
    if (run.interval() != null) {
      entry.setIntervalFrom(run.interval().from()).setIntervalTo(run.interval().to());
    }
    return entry;
  }

  private static final class DescribeFn extends DoFn<PublishedTable, RunLogEntry> {
    private final Warehouse warehouse;
    private final RunContext run;
    private final PCollectionView<Map<KV<String, String>, Long>> rowsByWay;

    DescribeFn(
        Warehouse warehouse,
        RunContext run,
        PCollectionView<Map<KV<String, String>, Long>> rowsByWay) {
      this.warehouse = warehouse;
      this.run = run;
      this.rowsByWay = rowsByWay;
    }

    @ProcessElement
    public void describe(ProcessContext context) {
      PublishedTable published = context.element();
      Map<KV<String, String>, Long> before = context.sideInput(rowsByWay);
      long superseded = rows(before, published, RowTally.Way.SUPERSEDED);
      long rejected = rows(before, published, RowTally.Way.REJECTED);
      String checksum =
          warehouse.checksum(Tables.named(published.getTable()), run.runId(), run.interval());
      context.output(
          succeeded(run, published, published.getSuperseded() + superseded, rejected, checksum));
    }

    private static long rows(
        Map<KV<String, String>, Long> before, PublishedTable table, RowTally.Way way) {
      return before.getOrDefault(KV.of(table.getTable(), way.name()), 0L);
    }
  }
}
