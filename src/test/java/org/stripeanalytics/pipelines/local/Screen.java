package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.stripeanalytics.pipelines.Terminal;

/** Runs commands and keeps what they show. */
final class Screen {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

  /** The result is the exit status. */
  int run(String... args) {
    Terminal terminal =
        new Terminal(
            new PrintStream(output, true, UTF_8), new PrintStream(messages, true, UTF_8), false);
    return new Main(terminal, CLOCK).run(List.of(args));
  }

  /** Runs a command on a file that is written first, and named by an option. */
  int runOn(String command, String option, Path path, String text, String... options)
      throws IOException {
    Files.writeString(path, text, UTF_8);
    List<String> args = new ArrayList<>(List.of(command, "--" + option + "=" + path));
    args.addAll(List.of(options));
    return run(args.toArray(String[]::new));
  }

  String answer() {
    return output.toString(UTF_8);
  }

  void assertRefused(String complaint) {
    String said = messages.toString(UTF_8);
    assertThat(said, startsWith(complaint));
    assertThat(said, said.lines().count(), is(1L));
    assertThat(answer(), is(""));
  }
}
