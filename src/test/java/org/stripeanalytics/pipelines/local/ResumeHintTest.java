package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.pipelines.Terminal;

class ResumeHintTest {
  private static final String HINT =
      "what is done is kept; run-local --resume --warehouse=w.duckdb goes on with the rest\n";

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void aRunThatIsInterruptedOnItsWaySaysOnceThatItCanGoOn() {
    try (ResumeHint hint = hint(/* resumable= */ true)) {
      hint.say();
      assertThat(said.toString(UTF_8), is(HINT));
    }

    assertThat(said.toString(UTF_8), is(HINT));
  }

  @Test
  void aRunThatFailsOnItsWaySaysSoToo() {
    hint(/* resumable= */ true).close();

    assertThat(said.toString(UTF_8), is(HINT));
  }

  @Test
  void aRunThatHasDoneNothingOrEverythingSaysNothing() {
    try (ResumeHint hint = hint(/* resumable= */ false)) {
      hint.say();
    }

    assertThat(said.toString(UTF_8), is(""));
  }

  private ResumeHint hint(boolean resumable) {
    PrintStream stream = new PrintStream(said, true, UTF_8);
    return ResumeHint.of(new Terminal(stream, stream, false), Path.of("w.duckdb"), () -> resumable);
  }
}
