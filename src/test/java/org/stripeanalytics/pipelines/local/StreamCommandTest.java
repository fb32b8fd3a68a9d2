package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;

class StreamCommandTest {
  private static final List<String> USABLE =
      List.of(
          "--warehouse=postgresql://nobody@127.0.0.1/none",
          "--subscription=projects/a-project/subscriptions/stripe");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--warehouse=duckdb:x.duckdb | a DuckDB file has one writer at a time",
        "--subscription=stripe       | give projects/PROJECT/subscriptions/SUBSCRIPTION",
        "--since=2026-01-15          | --since=2026-01-15 is not the first of a month",
        "--since=yesterday           | --since=yesterday",
        "--everySeconds=0            | --everySeconds=0 is out of range; allowed are 1 to 3600",
        "--runner=FlinkRunner        | --runner=FlinkRunner cannot be used here; allowed is",
        "--from=2026-01-01           | from",
      })
  void whatCannotBeUsedIsSaidInOneLine(String option, String said) {
    List<String> args = new ArrayList<>(List.of("stream"));
    String name = option.substring(0, option.indexOf('='));
    USABLE.stream().filter(usable -> !usable.startsWith(name + "=")).forEach(args::add);
    args.add(option);
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(screen, true, UTF_8);

    int status = new Main(new Terminal(print, print, false), Clock.systemUTC()).run(args);

    assertThat(screen.toString(UTF_8), containsString(said));
    assertThat(screen.toString(UTF_8).lines().count(), is(1L));
    assertThat(status, is(ExitStatus.BAD_INPUT));
  }
}
