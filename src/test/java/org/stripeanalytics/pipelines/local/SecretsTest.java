package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stripeanalytics.pipelines.CommandLine;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Pipelines;
import org.stripeanalytics.pipelines.RunLocalOptions;
import org.stripeanalytics.pipelines.Terminal;

/** A secret that somebody puts where options go comes to stand nowhere. */
class SecretsTest {
  private static final String MARKER = "MARKER0123456789";

  @TempDir private Path folder;
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  /** Every option of every command that has options, each with a secret as its value. */
  static Stream<List<String>> options() {
    Stream<List<String>> ofPipelines =
        Pipelines.all().stream()
            .flatMap(
                pipeline ->
                    CommandLine.ownOptions(pipeline.options()).keySet().stream()
                        .map(option -> List.of(pipeline.name(), option)));
    Stream<List<String>> ofRunLocal =
        CommandLine.ownOptions(RunLocalOptions.class).keySet().stream()
            .map(option -> List.of("run-local", option));
    return Stream.of(
            ofPipelines,
            ofRunLocal,
            Stream.of(
                List.of("sql", "format"),
                List.of("report", "output"),
                List.of("backup", "output"),
                List.of("transform", "project"),
                List.of("transform", "nonsense")))
        .flatMap(all -> all);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("options")
  void anOptionWithASecretIsRefusedAndNotRepeated(List<String> option) throws IOException {
    int status = run(option.get(0), "--" + option.get(1) + "=sk_live_" + MARKER);

    assertThat(status, is(ExitStatus.BAD_INPUT));
    assertThat(screen.toString(UTF_8), containsString("--" + option.get(1) + " holds what looks"));
    assertThat(screen.toString(UTF_8), not(containsString(MARKER)));
    assertThat(left(), is(empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--input=https://sk_live_MARKER0123456789@api.stripe.com/v1",
        "--sk_test_MARKER0123456789=1",
        "rk_live_MARKER0123456789",
        "-whsec_MARKER0123456789",
        "--runId=whsec_MARKER0123456789"
      })
  void whereverItStandsItIsFound(String argument) throws IOException {
    assertThat(run("ingest", argument), is(ExitStatus.BAD_INPUT));

    assertThat(screen.toString(UTF_8), not(containsString(MARKER)));
    assertThat(screen.toString(UTF_8).lines().count(), is(1L));
    assertThat(left(), is(empty()));
  }

  @Test
  void aReferenceToASecretIsNoSecret() {
    assertThat(
        run("transform", "--runId=projects/a/secrets/stripe_key/versions/1"),
        is(ExitStatus.BAD_INPUT));

    assertThat(screen.toString(UTF_8), containsString("is not a valid run id"));
  }

  private int run(String... args) {
    PrintStream print = new PrintStream(screen, true, UTF_8);
    return new Main(new Terminal(print, print, false), Clock.systemUTC()).run(List.of(args));
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
