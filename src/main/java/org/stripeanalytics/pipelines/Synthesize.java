package org.stripeanalytics.pipelines;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.synthesis.GenerateAccount;
import org.stripeanalytics.synthesis.RawRows;
import org.stripeanalytics.synthesis.SimulatedAccount;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.Warehouse;

/** Simulates a Stripe account and loads it into the raw tables. */
public final class Synthesize {
  static final PipelineMain<SynthesizeOptions> PIPELINE =
      new PipelineMain<>(
          "synthesize",
          Synthesize.class,
          SynthesizeOptions.class,
          SynthesizeOptions::check,
          Synthesize::run);

  public static void main(String[] args) {
    PIPELINE.launch(args);
  }

  static PipelineResult run(SynthesizeOptions options) {
    Warehouse warehouse = WarehouseOptions.open(options, RunOptions.clock(options));
    DataInterval interval = IntervalOptions.interval(options);
    Publication publication =
        warehouse.publication(options.getRunId(), interval, RunOptions.ingestedAt(options));

    Pipeline pipeline = Pipeline.create(options);
    RawRows rows =
        pipeline.apply("GenerateAccount", GenerateAccount.of(account(options)).during(interval));
    RawRows.tables().forEach(table -> load(rows, table, publication));
    pipeline.apply("Publish", publication);
    return pipeline.run();
  }

  private static SimulatedAccount account(SynthesizeOptions options) {
    return new SimulatedAccount(
        SynthesizeOptions.profile(options),
        options.getSeed(),
        options.getCustomers(),
        HistoryOptions.start(options),
        HistoryOptions.end(options),
        WarehouseOptions.reportingZone(options));
  }

  private static <T> void load(RawRows rows, WarehouseTable<T> table, Publication publication) {
    rows.get(table).apply("Load " + table, publication.load(table));
  }

  private Synthesize() {}
}
