package org.stripeanalytics.benchmark;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  private static final Machine HERE = new Machine("Fast", 2, 8, "Linux", "VM 17");
  private static final Versions VERSIONS = new Versions("2.70.0", "1.19.0", "v2.0.0");

  @TempDir Path folder;

  @Test
  void whatIsMeasuredAgainReplacesWhatItWasAndNothingElse() throws IOException {
    Path file = folder.resolve("results.json");
    new Results(HERE, VERSIONS, null, List.of())
        .with(run(Subject.RUN_LOCAL, 10_000, 40))
        .with(run(Subject.RUN_LOCAL, 1_000, 9))
        .with(run(Subject.START_UP, 1, 4))
        .write(file);

    Results merged =
        Results.continuing(file, HERE, VERSIONS).with(run(Subject.RUN_LOCAL, 10_000, 30));

    assertThat(
        merged.measurements(),
        contains(
            run(Subject.START_UP, 1, 4),
            run(Subject.RUN_LOCAL, 1_000, 9),
            run(Subject.RUN_LOCAL, 10_000, 30)));
  }

  @Test
  void resultsOfAnotherMachineAreDropped() throws IOException {
    Path file = folder.resolve("results.json");
    new Results(HERE, VERSIONS, null, List.of()).with(run(Subject.START_UP, 1, 4)).write(file);

    Machine other = new Machine("Slow", 2, 8, "Linux", "VM 17");

    assertThat(Results.continuing(file, other, VERSIONS).measurements(), is(empty()));
  }

  private static Measurement run(Subject subject, long customers, double seconds) {
    return new Measurement(
        subject, customers, 1, "runs", null, "abc", null, 0, List.of(Sample.of(seconds)));
  }
}
