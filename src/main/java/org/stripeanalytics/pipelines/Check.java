package org.stripeanalytics.pipelines;

import static org.stripeanalytics.contract.Tables.QUALITY_RESULTS;

import java.time.LocalDate;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.ops.QualityResult;
import org.stripeanalytics.observability.RecordRun;
import org.stripeanalytics.quality.FailOnErrors;
import org.stripeanalytics.quality.RunDataTests;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.PublishedTable;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Asks the warehouse every data test of every contract, keeps the answers, and fails if a promise
 * of severity {@code error} is broken.
 */
public final class Check {
  static final PipelineMain<CheckOptions> PIPELINE =
      new PipelineMain<>("check", Check.class, CheckOptions.class, CheckOptions::check, Check::run);

  public static void main(String[] args) {
    PIPELINE.launch(args);
  }

  static PipelineResult run(CheckOptions options) {
    Warehouse warehouse = WarehouseOptions.open(options, RunOptions.clock(options));
    DataInterval interval = IntervalOptions.interval(options);
    LocalDate asOf = AsOfOptions.asOf(options);
    Publication publication =
        warehouse.publication(options.getRunId(), interval, RunOptions.ingestedAt(options));

    Pipeline pipeline = Pipeline.create(options);
    PCollection<QualityResult> results =
        pipeline.apply("RunDataTests", RunDataTests.of(warehouse, asOf));
    results.apply("LoadQualityResults", publication.load(QUALITY_RESULTS));
    PCollection<PublishedTable> published = pipeline.apply("Publish", publication);
    results.apply("FailOnErrors", FailOnErrors.after(published));
    published.apply(
        "RecordRun", RecordRun.in(warehouse, RunContexts.of(PIPELINE, options, interval, asOf)));
    return pipeline.run();
  }

  private Check() {}
}
