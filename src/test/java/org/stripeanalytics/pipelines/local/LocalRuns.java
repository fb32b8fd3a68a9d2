package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.duckdb.EmptyWarehouses;

/**
 * Commands as their user gives them, in this process; one that fails fails the test. Those that
 * name no runner work in memory: {@link WholeJobTest} compares the engines. Those that make a
 * warehouse find an empty one: {@link ConsecutiveRunsTest} and {@link SecretsInRunsTest} give them
 * none.
 */
public final class LocalRuns {
  private static final Set<String> WITH_A_RUNNER =
      Set.of("synthesize", "ingest", "transform", "predict", "connect", "check", "replay");

  /** Those that make a warehouse where there is none. */
  private static final Set<String> WRITING = Set.of("synthesize", "ingest");

  private static final String WAREHOUSE = "--warehouse=";

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  /** Runs a command on a warehouse file, and opens what it has made. */
  public static DuckDbWarehouse run(String command, Path file, String... options) {
    List<String> all = new ArrayList<>(List.of("--warehouse=" + file));
    all.addAll(List.of(options));
    run(command, all.toArray(String[]::new));
    return DuckDbWarehouse.openReadOnly(file);
  }

  /** Runs a command that needs no warehouse. */
  public static void run(String command, String... options) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(List.of(options));
    String unused = saying(args);
  }

  /** Runs a command and returns what it says. */
  public static String saying(String command, Path file, String... options) {
    List<String> args = new ArrayList<>(List.of(command, "--warehouse=" + file));
    args.addAll(List.of(options));
    return saying(args);
  }

  private static String saying(List<String> args) {
    createWarehouse(args);
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    int status = runOn(screen, args);
    assertThat(screen.toString(StandardCharsets.UTF_8), status, is(ExitStatus.DONE));
    return screen.toString(StandardCharsets.UTF_8);
  }

  /** Runs a command that is going to fail, and returns what it says. */
  public static String failing(String command, Path file, String... options) {
    List<String> args = new ArrayList<>(List.of(command, "--warehouse=" + file));
    args.addAll(List.of(options));
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    int status = runOn(screen, args);
    String said = screen.toString(StandardCharsets.UTF_8);
    assertThat(said, status == ExitStatus.DONE, is(false));
    return said;
  }

  /** Runs a command that may well fail, and returns what it says. */
  public static String either(String command, Path file, String... options) {
    List<String> args = new ArrayList<>(List.of(command, "--warehouse=" + file));
    args.addAll(List.of(options));
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    runOn(screen, args);
    return screen.toString(StandardCharsets.UTF_8);
  }

  private static int runOn(ByteArrayOutputStream screen, List<String> args) {
    PrintStream print = new PrintStream(screen, true, StandardCharsets.UTF_8);
    return new Main(new Terminal(print, print, false), CLOCK).run(inMemory(args));
  }

  /** What a command that writes would begin with, where the reporting zone is the default. */
  private static void createWarehouse(List<String> args) {
    boolean writes = WRITING.contains(args.get(0));
    boolean asks = args.contains("--dryRun") || args.stream().anyMatch(LocalRuns::namesZone);
    args.stream()
        .filter(arg -> writes && !asks && arg.startsWith(WAREHOUSE))
        // A server makes its tables by itself.
        .filter(arg -> !arg.contains("://"))
        .map(arg -> Path.of(arg.substring(WAREHOUSE.length())))
        .filter(file -> !Files.exists(file))
        .forEach(file -> EmptyWarehouses.write(file, ZoneOffset.UTC, CLOCK));
  }

  private static boolean namesZone(String arg) {
    return arg.startsWith("--reportingZone=");
  }

  private static List<String> inMemory(List<String> args) {
    boolean namesNone = args.stream().noneMatch(arg -> arg.startsWith("--runner="));
    return WITH_A_RUNNER.contains(args.get(0)) && namesNone
        ? Stream.concat(args.stream(), Stream.of("--runner=InMemoryRunner")).toList()
        : args;
  }

  private LocalRuns() {}
}
