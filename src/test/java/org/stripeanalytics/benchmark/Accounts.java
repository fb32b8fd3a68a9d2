package org.stripeanalytics.benchmark;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.synthesis.GenerateAccount;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.profile.ProfileReader;

/** The account that everything is measured on, in any size, and the engine as users have it. */
public final class Accounts {
  /** The defaults of the pipelines. */
  public static final LocalDate START = LocalDate.of(2021, 1, 1);

  public static final LocalDate END = LocalDate.of(2026, 1, 1);
  public static final DataInterval HISTORY = DataInterval.of(START, END);
  private static final long SEED = 1;

  public static SimulatedAccount of(long customers) {
    return new SimulatedAccount(
        ProfileReader.defaults(), SEED, customers, START, END, ZoneOffset.UTC);
  }

  /** An empty pipeline on embedded Flink, set up as the commands set it up. */
  public static Pipeline pipeline() {
    return Pipeline.create(
        PipelineOptionsFactory.fromArgs(
                "--runner=FlinkRunner",
                "--flinkMaster=[local]",
                "--parallelism=" + Runtime.getRuntime().availableProcessors(),
                "--objectReuse=true",
                "--fasterCopy=true")
            .create());
  }

  /** Simulates an account into a sink, every row checked as {@code synthesize} checks it. */
  static void synthesize(long customers, Nowhere.Sink sink) {
    Pipeline pipeline = pipeline();
    pipeline.apply(
        "GenerateAccount",
        GenerateAccount.into(Nowhere.into(sink), of(customers), HISTORY, /* truth= */ false)
            .checkedBy(RejectingRun.of("synthesize", "benchmark", Instant.EPOCH)));
    pipeline.run().waitUntilFinish();
  }

  private Accounts() {}
}
