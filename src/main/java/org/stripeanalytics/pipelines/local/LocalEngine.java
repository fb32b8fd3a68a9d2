package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Longs;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.SynthesizeOptions;
import org.stripeanalytics.pipelines.local.memory.InMemoryRunner;

/** How a runner is set up to work inside this process. What the user gave is left alone. */
final class LocalEngine {
  private static final String ANY_SIZE = "FlinkRunner";
  private static final String IN_MEMORY = "InMemoryRunner";

  /** The heap of {@code scripts/jvm-options} has room for them. */
  private static final int MOST_CUSTOMERS_IN_MEMORY = 20_000;

  /** What is ingested takes some ten times the room in the heap. */
  private static final long MOST_BYTES_IN_MEMORY = 64L << 20;

  private static final List<String> RUNNERS = List.of(IN_MEMORY, ANY_SIZE, "DirectRunner");

  /** What is used where no runner is named, for people. */
  static final String DEFAULTS =
      String.format(
          Locale.ROOT,
          "Without --runner it is %s for up to %,d customers and %s for more.",
          IN_MEMORY,
          MOST_CUSTOMERS_IN_MEMORY,
          ANY_SIZE);

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
    } else if (options.getRunner() == InMemoryRunner.class) {
      parallel(options.as(DirectOptions.class), given, cores);
    }
  }

  /** The command line, with the runner that is used here when none is named. */
  static ImmutableList<String> withDefaultRunner(List<String> args, Arguments given) {
    return given.option("runner").isPresent()
        ? ImmutableList.copyOf(args)
        : ImmutableList.<String>builder().addAll(args).add("--runner=" + ANY_SIZE).build();
  }

  /**
   * Likewise for the simulated account that the command line describes: a small one is held in
   * memory.
   */
  static ImmutableList<String> withRunnerOfAccount(List<String> args, Arguments given) {
    long customers =
        given
            .option("customers")
            // What is no number is refused later.
            .map(text -> Optional.ofNullable(Longs.tryParse(text)).orElse(Long.MAX_VALUE))
            .orElse((long) SynthesizeOptions.DEFAULT_CUSTOMERS);
    return withRunner(args, given, customers <= MOST_CUSTOMERS_IN_MEMORY);
  }

  /** Likewise for so many customers. */
  static ImmutableList<String> withRunnerOfCustomers(List<String> args, long customers) {
    return withRunner(args, Arguments.parse(args), customers <= MOST_CUSTOMERS_IN_MEMORY);
  }

  /** Likewise for an ingestion of so many bytes. */
  static ImmutableList<String> withRunnerOfFiles(List<String> args, long bytes) {
    return withRunner(args, Arguments.parse(args), bytes <= MOST_BYTES_IN_MEMORY);
  }

  private static ImmutableList<String> withRunner(
      List<String> args, Arguments given, boolean isSmall) {
    return given.option("runner").isEmpty() && isSmall
        ? ImmutableList.<String>builder().addAll(args).add("--runner=" + IN_MEMORY).build()
        : withDefaultRunner(args, given);
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
    parallel(direct, given, cores);
  }

  private static void parallel(DirectOptions direct, Arguments given, int cores) {
    if (given.option("targetParallelism").isEmpty()) {
      direct.setTargetParallelism(cores);
    }
  }

  private LocalEngine() {}
}
