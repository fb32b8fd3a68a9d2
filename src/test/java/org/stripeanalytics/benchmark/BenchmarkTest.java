package org.stripeanalytics.benchmark;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;

class BenchmarkTest {
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  @TempDir Path folder;

  @Test
  void onePartOfTheQuickBenchmarkLeavesItsSamplesAndItsPage() throws Exception {
    int status = run("--quick", "--customers=2", "--only=synthesis-nowhere", "--output=" + folder);

    assertThat(screen.toString(StandardCharsets.UTF_8), status, is(ExitStatus.DONE));
    Measurement measured =
        Results.read(folder.resolve("results.json")).of(Subject.SYNTHESIS_NOWHERE).orElseThrow();
    assertThat(measured.amount(), is(greaterThan(0L)));
    assertThat(measured.samples().get(0).seconds(), is(closeTo(60, 59.9)));
    assertThat(
        Files.readString(folder.resolve("README.md")),
        containsString("| embedded Flink, to nowhere | 2 |"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
--only=syntesis  | --only=syntesis is not measured; allowed are synthesis, load,
--runs=0         | --runs=0 is out of range; allowed are 1 to 99999999
--heap=8GB       | --heap=8GB is no size; allowed are those as 8g
--quik           | unknown option --quik; did you mean --quick?
""")
  void whatCannotBeUsedIsOneLineAndStatusTwo(String option, String fault) {
    int status = run(option);

    assertThat(status, is(ExitStatus.BAD_INPUT));
    assertThat(screen.toString(StandardCharsets.UTF_8), containsString(fault));
    assertThat(screen.toString(StandardCharsets.UTF_8).lines().count(), is(1L));
  }

  private int run(String... args) {
    PrintStream print = new PrintStream(screen, true, StandardCharsets.UTF_8);
    return Benchmark.run(List.of(args), new Terminal(print, print, false));
  }
}
