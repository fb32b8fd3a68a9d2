package org.stripeanalytics.pipelines;

import java.io.IOException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.observability.RecordRun;
import org.stripeanalytics.quality.AllowNoRejection;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.synthesis.GenerateAccount;
import org.stripeanalytics.synthesis.ObjectFormat;
import org.stripeanalytics.synthesis.WriteObjects;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.Warehouse;

/** Simulates a Stripe account and loads it into the raw tables, or writes it as Stripe's JSON. */
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
    return options.getOutput() == null ? load(options) : write(options);
  }

  private static PipelineResult write(SynthesizeOptions options) {
    FileSystems.setDefaultPipelineOptions(options);
    String output = LocalPath.withoutScheme(options.getOutput());
    try {
      WriteObjects.clear(output);
    } catch (IOException e) {
      throw new BadInput("--output=" + options.getOutput() + " cannot be written to");
    }
    WriteObjects objects =
        WriteObjects.to(
                output,
                SynthesizeOptions.account(options),
                IntervalOptions.interval(options),
                options.getTruth())
            .withFormat(ObjectFormat.byId(options.getFormat()).orElseThrow());
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(
        "WriteObjects",
        options.getEvents() ? objects.withEvents(SynthesizeOptions.faults(options)) : objects);
    return pipeline.run();
  }

  private static PipelineResult load(SynthesizeOptions options) {
    Warehouse warehouse = WarehouseOptions.open(options, RunOptions.clock(options));
    DataInterval interval = IntervalOptions.interval(options);
    Publication publication =
        warehouse.publication(options.getRunId(), interval, RunOptions.ingestedAt(options));

    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(
        "GenerateAccount",
        GenerateAccount.into(
                publication, SynthesizeOptions.account(options), interval, options.getTruth())
            .withSources(options.getSources().equals("all"))
            .checkedBy(
                RejectingRun.of(
                    PIPELINE.name(), options.getRunId(), RunOptions.ingestedAt(options))));
    pipeline
        .apply("Publish", publication)
        .apply("AllowNoRejection", AllowNoRejection.of(options.getRunId()))
        .apply(
            "RecordRun",
            RecordRun.in(warehouse, RunContexts.of(PIPELINE, options, interval, interval.to())));
    return pipeline.run();
  }

  private Synthesize() {}
}
