package org.stripeanalytics.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.stripeanalytics.pipelines.Terminal;

/** What the campaign prints; most tries themselves take too long for the build. */
class ChaosTest {
  @Test
  void everyKindIsARowOfWhatItCost() {
    Tally.Counter counter = new Tally.Counter();
    counter.tried();
    counter.tried();
    counter.mixed("killed after 812 ms");

    assertThat(
        Scoreboard.render(Map.of("killed-ingests", counter.tally("50 customers"))),
        is(
            """
            | kind | tries | lost | mixed | bent | traces | unequal reruns | |
            |---|---|---|---|---|---|---|---|
            | killed-ingests | 2 | 0 | 1 | 0 | 0 | 0 | 50 customers |
            """));
  }

  @Test
  void whatAKilledEdgeHasAcceptedIsInItsLanding() {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(screen, true, UTF_8);

    int status =
        Chaos.run(List.of("--only=killed-edges", "--quick"), new Terminal(print, print, false));

    assertThat(screen.toString(UTF_8), status, is(0));
    assertThat(screen.toString(UTF_8), containsString("| killed-edges | 2 | 0 | 0 | 0 | 0 | 0 |"));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "PostgreSQL is started on Linux only")
  void aPublicationToPostgresThatIsKilledOnEitherSideIsWholeOrNotThere() {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(screen, true, UTF_8);

    int status =
        Chaos.run(
            List.of("--only=killed-publications", "--quick"), new Terminal(print, print, false));

    assertThat(screen.toString(UTF_8), status, is(0));
    assertThat(
        screen.toString(UTF_8), containsString("| killed-publications | 4 | 0 | 0 | 0 | 0 | 0 |"));
  }

  @Test
  void anUnknownKindIsRefusedBeforeAnythingIsBroken() {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(screen, true, UTF_8);

    int status = Chaos.run(List.of("--only=earthquake"), new Terminal(print, print, false));

    assertThat(status, is(2));
    assertThat(screen.toString(UTF_8), containsString("--only=earthquake is unknown; allowed are"));
  }
}
