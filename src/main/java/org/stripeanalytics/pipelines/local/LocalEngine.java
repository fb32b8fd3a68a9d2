package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.stripeanalytics.pipelines.Arguments;

/** How a runner is set up to work inside this process. What the user gave is left alone. */
final class LocalEngine {
  private static final String DEFAULT_RUNNER = "FlinkRunner";
  private static final List<String> RUNNERS = List.of("FlinkRunner", "DirectRunner");

  /**
   * Fills in what {@code given} leaves open.
   *
   * @param given the command line from which {@code options} were made
   */
  static void configure(PipelineOptions options, Arguments given, int cores) {
    if (options.getRunner() == FlinkRunner.class) {
      configureFlink(options.as(FlinkPipelineOptions.class), given, cores);
    } else if (options.getRunner() == DirectRunner.class) {
      configureDirect(options.as(DirectOptions.class), given, cores);
    }
  }

  /** The command line, with the runner that is used here when none is named. */
  static ImmutableList<String> withDefaultRunner(List<String> args, Arguments given) {
    return given.option("runner").isPresent()
        ? ImmutableList.copyOf(args)
        : ImmutableList.<String>builder().addAll(args).add("--runner=" + DEFAULT_RUNNER).build();
  }

  /** Adds a fault when the runner is one that does not work inside this process. */
  static void check(Arguments given, List<String> faults) {
    given
        .option("runner")
        .filter(runner -> RUNNERS.stream().noneMatch(runner::equalsIgnoreCase))
        .ifPresent(
            runner ->
                faults.add(
                    "--runner="
                        + runner
                        + " cannot reach a DuckDB file; allowed here are "
                        + String.join(", ", RUNNERS)));
  }

  private static void configureFlink(FlinkPipelineOptions flink, Arguments given, int cores) {
    if (given.option("flinkMaster").isEmpty()) {
      flink.setFlinkMaster("[local]");
    }
    if (given.option("parallelism").isEmpty()) {
      flink.setParallelism(cores);
    }
    // Rows are immutable, so nothing needs copying between chained steps.
    if (given.option("objectReuse").isEmpty()) {
      flink.setObjectReuse(true);
    }
    if (given.option("fasterCopy").isEmpty()) {
      flink.setFasterCopy(true);
    }
    // useDataStreamForBatch stays off: it is faster, and has lost part of a side input.
  }

  private static void configureDirect(DirectOptions direct, Arguments given, int cores) {
    direct.setRunner(BucketingDirectRunner.class);
    // These find mistakes in transforms; the tests run with them.
    if (given.option("enforceImmutability").isEmpty()) {
      direct.setEnforceImmutability(false);
    }
    if (given.option("enforceEncodability").isEmpty()) {
      direct.setEnforceEncodability(false);
    }
    if (given.option("targetParallelism").isEmpty()) {
      direct.setTargetParallelism(cores);
    }
  }

  private LocalEngine() {}
}
