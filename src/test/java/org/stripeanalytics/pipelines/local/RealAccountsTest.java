package org.stripeanalytics.pipelines.local;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * Situations that real accounts have and the simulated one does not: what Stripe delivered, and the
 * figures that it must come to. The engine is warm after the first.
 */
class RealAccountsTest {
  @TempDir static Path folder;

  @TestFactory
  Stream<DynamicTest> theFiguresAreThoseThatWereWrittenDownBefore() {
    return RealAccountCase.files().stream()
        .map(file -> DynamicTest.dynamicTest(name(file), file.toUri(), () -> check(file)));
  }

  private static void check(Path file) {
    RealAccountCase theCase = RealAccountCase.read(file);
    ImmutableList<String> warnings = listeningToLog(() -> run(theCase, file));

    List<String> differences = differencesOfAnswers(theCase, file);
    for (String part : theCase.warnings()) {
      if (warnings.stream().noneMatch(line -> line.contains(part))) {
        differences.add(difference("the log's warnings", List.of(part), warnings));
      }
    }
    assertThat(theCase.story() + String.join("", differences), differences.isEmpty());
  }

  private static List<String> differencesOfAnswers(RealAccountCase theCase, Path file) {
    List<String> differences = new ArrayList<>();
    Warehouse warehouse = DuckDbWarehouse.openReadOnly(warehouseOf(file));
    try (Warehouse.Hold unused = warehouse.holdOpen()) {
      for (RealAccountCase.Answer answer : theCase.expected()) {
        ImmutableList<String> given = rows(warehouse, answer.sql());
        if (!given.equals(answer.rows())) {
          differences.add(difference(answer.sql(), answer.rows(), given));
        }
      }
    }
    return differences;
  }

  private static String difference(String what, List<String> expected, List<String> given) {
    return "\n\n" + what + "\n  expected" + lines(expected) + "\n  given" + lines(given);
  }

  private static String lines(List<String> rows) {
    return rows.stream().map(row -> "\n    " + row).collect(joining());
  }

  /** One after the other on one thread: a case has a few dozen rows. */
  private static void run(RealAccountCase theCase, Path file) {
    int steps = theCase.steps().size();
    for (int i = 0; i < steps; i++) {
      RealAccountCase.Step step = theCase.steps().get(i);
      run("ingest", step.ingest(), file, "--input=" + RealAccountCase.input(file, i + 1, steps));
      if (step.transform() != null) {
        run("transform", step.transform(), file);
      }
    }
  }

  private static void run(String command, List<String> options, Path file, String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    String unused = LocalRuns.saying(command, warehouseOf(file), all.toArray(String[]::new));
  }

  private static Path warehouseOf(Path file) {
    return folder.resolve(name(file) + ".duckdb");
  }

  private static String name(Path file) {
    return MoreFiles.getNameWithoutExtension(file);
  }

  private static ImmutableList<String> rows(Warehouse warehouse, String sql) {
    return warehouse.query(sql).rows().stream()
        .map(row -> row.stream().map(RealAccountsTest::cell).collect(joining(" ")))
        .collect(toImmutableList());
  }

  private static String cell(@Nullable Object value) {
    return value instanceof BigDecimal number
        ? number.stripTrailingZeros().toPlainString()
        : String.valueOf(value);
  }

  /** What our code warns of meanwhile. */
  private static ImmutableList<String> listeningToLog(Runnable work) {
    Logger ours = (Logger) LoggerFactory.getLogger("org.stripeanalytics");
    ListAppender<ILoggingEvent> heard = new ListAppender<>();
    heard.start();
    ours.addAppender(heard);
    try {
      work.run();
    } finally {
      ours.detachAppender(heard);
    }
    return heard.list.stream().map(ILoggingEvent::getFormattedMessage).collect(toImmutableList());
  }
}
