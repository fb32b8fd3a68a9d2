package org.stripeanalytics.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs a JMH benchmark on all cores, each sample in a JVM of its own that is warm by then. */
final class JmhRun {
  /** What a sample's seconds are of. */
  static final long AMOUNT = 1_000_000;

  /**
   * @param counter the auxiliary counter of what is worked through
   * @param parameter its name and its value
   * @param log takes what JMH says
   * @return one sample a run, the seconds that {@link #AMOUNT} of the counter take
   */
  static List<Sample> of(
      Class<?> benchmark,
      String counter,
      List<String> parameter,
      int runs,
      int seconds,
      String heap,
      Path log)
      throws RunnerException {
    List<Sample> samples = new ArrayList<>();
    for (RunResult run :
        new Runner(
                new OptionsBuilder()
                    .include("\\b" + benchmark.getSimpleName() + "\\b")
                    .param(parameter.get(0), parameter.get(1))
                    .mode(Mode.Throughput)
                    .timeUnit(TimeUnit.SECONDS)
                    .threads(Runtime.getRuntime().availableProcessors())
                    .forks(runs)
                    .jvmArgsAppend("@scripts/jvm-options", "-Xmx" + heap)
                    .warmupIterations(2)
                    .warmupTime(TimeValue.seconds(seconds))
                    .measurementIterations(1)
                    .measurementTime(TimeValue.seconds(seconds))
                    .shouldFailOnError(true)
                    .output(log.toString())
                    .build())
            .run()) {
      for (BenchmarkResult fork : run.getBenchmarkResults()) {
        double rate = fork.getSecondaryResults().get(counter).getScore();
        samples.add(Sample.of(AMOUNT / rate));
      }
    }
    return samples;
  }

  private JmhRun() {}
}
