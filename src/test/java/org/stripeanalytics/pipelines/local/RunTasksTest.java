package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.Manifest;
import org.stripeanalytics.pipelines.Manifest.Backfill;
import org.stripeanalytics.pipelines.Terminal;

class RunTasksTest {
  private static final DataInterval SPRING =
      DataInterval.of(LocalDate.of(2024, 2, 10), LocalDate.of(2024, 4, 5));

  /** As in the manifests: what is synthesised is transformed, and all of it is checked. */
  private static final ImmutableMap<String, Manifest> MANIFESTS =
      ImmutableMap.of(
          "synthesize", manifest(List.of(), List.of("raw.a"), Backfill.MONTHS, 1),
          "transform", manifest(List.of("raw.a"), List.of("marts.a"), Backfill.MONTHS_IN_ORDER, 3),
          "check", manifest(List.of("raw.a", "marts.a"), List.of(), Backfill.WHOLE, 1));

  private final List<String> ran = Collections.synchronizedList(new ArrayList<>());
  private final List<String> done = new ArrayList<>();
  private final List<Long> waits = new ArrayList<>();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void aBackfillGoesMonthByMonthAndTheFirstAndLastMayBeParts() throws Exception {
    run(Set.of(), 1, task -> ran.add(task.name()));

    assertThat(
        ran,
        contains(
            "synthesize 2024-02-10/2024-03-01",
            "synthesize 2024-03-01/2024-04-01",
            "synthesize 2024-04-01/2024-04-05",
            "transform 2024-02-10/2024-03-01",
            "transform 2024-03-01/2024-04-01",
            "transform 2024-04-01/2024-04-05",
            "check 2024-02-10/2024-04-05"));
  }

  @Test
  void aMonthIsTransformedBehindTheSameMonthOfItsInputAndTheMonthBefore() {
    Map<String, Set<String>> before = new HashMap<>();
    LocalTask.backfill(MANIFESTS, SPRING)
        .forEach(
            (task, others) ->
                before.put(task.name(), Set.copyOf(others.stream().map(LocalTask::name).toList())));

    assertThat(before.get("synthesize 2024-03-01/2024-04-01"), is(empty()));
    assertThat(
        before.get("transform 2024-03-01/2024-04-01"),
        is(Set.of("synthesize 2024-03-01/2024-04-01", "transform 2024-02-10/2024-03-01")));
    assertThat(before.get("check 2024-02-10/2024-04-05").size(), is(6));
  }

  @Test
  void monthsThatDoNotWaitForEachOtherRunAtTheSameTime() throws Exception {
    CountDownLatch bothRunning = new CountDownLatch(2);

    run(
        Set.of(),
        2,
        task -> {
          if (task.name().startsWith("synthesize 2024-02")
              || task.name().endsWith("03-01/2024-04-01")) {
            bothRunning.countDown();
            assertThat(bothRunning.await(10, TimeUnit.SECONDS), is(true));
          }
        });

    assertThat(done.size(), is(7));
  }

  @Test
  void aTaskThatFailsIsTriedAgainAndTheWaitDoubles() throws Exception {
    int[] failures = {2};

    run(
        Set.of(),
        1,
        task -> {
          if (task.name().equals("transform 2024-03-01/2024-04-01") && failures[0]-- > 0) {
            throw new IllegalStateException("the network is gone");
          }
        });

    assertThat(waits, contains(60L, 120L));
    assertThat(done.size(), is(7));
    assertThat(
        said.toString(UTF_8),
        containsString("transform 2024-03-01/2024-04-01 failed, attempt 1 of 3; again in 60 s"));
  }

  @Test
  void whatAnotherAttemptWouldMeetTooIsNotTriedAgain() {
    assertThrows(
        BadInput.class,
        () ->
            run(
                Set.of(),
                1,
                task -> {
                  throw new BadInput("--to is not after --from");
                }));

    assertThat(waits, is(empty()));
  }

  @Test
  void behindATaskThatFailedForGoodNothingIsStarted() {
    Exception failure =
        assertThrows(
            IllegalStateException.class,
            () ->
                run(
                    Set.of(),
                    1,
                    task -> {
                      ran.add(task.name());
                      if (task.name().startsWith("synthesize 2024-03")) {
                        throw new IllegalStateException("out of memory");
                      }
                    }));

    assertThat(failure.getMessage(), is("out of memory"));
    assertThat(
        ran, contains("synthesize 2024-02-10/2024-03-01", "synthesize 2024-03-01/2024-04-01"));
    assertThat(done, contains("synthesize 2024-02-10/2024-03-01"));
  }

  @Test
  void aResumedRunLeavesOutWhatIsDone() throws Exception {
    run(
        Set.of(
            "synthesize 2024-02-10/2024-03-01",
            "synthesize 2024-03-01/2024-04-01",
            "synthesize 2024-04-01/2024-04-05",
            "transform 2024-02-10/2024-03-01"),
        1,
        task -> ran.add(task.name()));

    assertThat(
        ran,
        contains(
            "transform 2024-03-01/2024-04-01",
            "transform 2024-04-01/2024-04-05",
            "check 2024-02-10/2024-04-05"));
  }

  private void run(Set<String> alreadyDone, int parallel, RunTasks.Work work) throws Exception {
    PrintStream print = new PrintStream(said, true, UTF_8);
    ImmutableMap<LocalTask, ImmutableSet<LocalTask>> graph = LocalTask.backfill(MANIFESTS, SPRING);
    new RunTasks(MANIFESTS, parallel, waits::add, new Terminal(print, print, false))
        .run(graph, alreadyDone, work, task -> done.add(task.name()));
  }

  private static Manifest manifest(
      List<String> reads, List<String> writes, Backfill backfill, int attempts) {
    return new Manifest(
        "Main",
        "",
        "owner",
        false,
        reads,
        writes,
        new Manifest.Retries(attempts, 60),
        List.of("log"),
        1,
        backfill,
        List.of(),
        Map.of(),
        Map.of());
  }
}
