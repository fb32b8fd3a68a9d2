package org.stripeanalytics.extraction;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.server.Account;

/** Extractions that end between two requests, as if their process had been killed. */
class KilledExtractionTest {
  private static final Instant END = TestStripe.END.atStartOfDay(ZoneOffset.UTC).toInstant();

  @TempDir private Path landing;
  private final MovableClock clock = new MovableClock(END);

  @Test
  void killedAnywhereItGoesOnAndReadsNoWindowTwice() throws Exception {
    Account account = TestStripe.charges(clock, 2600);
    Path undisturbed = landing.resolve("undisturbed");
    long reads = run(account, undisturbed, Integer.MAX_VALUE);
    assertThat(reads, greaterThan(40L));

    for (int killedAfter = 1; killedAfter < reads; killedAfter += 5) {
      Path killed = landing.resolve("killed-" + killedAfter);
      int point = killedAfter;
      assertThrows(Killed.class, () -> run(account, killed, point));
      long further = run(account, killed, Integer.MAX_VALUE);

      assertThat(
          "after " + killedAfter,
          new TreeSet<>(TestStripe.lines(killed)),
          is(new TreeSet<>(TestStripe.lines(undisturbed))));
      // The page that was under way, and a page more for every window that is now cut elsewhere.
      assertThat("after " + killedAfter, killedAfter + further, lessThanOrEqualTo(reads + 4));
    }
  }

  @Test
  void halfALineThatAKillHasLeftIsCutOff() throws Exception {
    Account account = TestStripe.charges(clock, 250);
    assertThrows(Killed.class, () -> run(account, landing, 10));
    try (Stream<Path> files = Files.walk(landing)) {
      Path part = files.filter(file -> file.toString().endsWith(".part")).findFirst().orElseThrow();
      Files.writeString(part, Files.readString(part) + "{\"id\":\"ch_half");
    }

    run(account, landing, Integer.MAX_VALUE);

    assertThat(TestStripe.idsByType(TestStripe.objects(landing)).get("charge").size(), is(250));
    assertThat(TestStripe.lines(landing).size(), is(250));
  }

  /** Runs in one thread until it is done, or as if killed instead of sending one request more. */
  private long run(Account account, Path into, int killedAfter) throws InterruptedException {
    StripeTransport api = TestStripe.transport(account, TestStripe.WITHOUT_LIMITS, clock);
    int[] requests = {0};
    StripeTransport mortal =
        path -> {
          if (requests[0]++ == killedAfter) {
            throw new Killed();
          }
          return api.get(path);
        };
    Extraction.Plan plan = TestStripe.plan(into);
    Extraction.Plan alone =
        new Extraction.Plan(into, plan.account(), plan.without(), false, plan.since(), 1e6, 1e6, 1);
    return Extraction.of(alone, mortal, clock, pause -> {}).run().reads();
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }
}
