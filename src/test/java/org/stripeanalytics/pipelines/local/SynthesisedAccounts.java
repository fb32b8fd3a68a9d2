package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * Warehouses that {@code run-local} has made in this process: five years of 2,000 signups, one per
 * seed. Tests share them and leave them as they are.
 */
public final class SynthesisedAccounts {
  public static final List<Integer> SEEDS = List.of(1, 2, 3);

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
  private static final Path FOLDER = folder();
  private static final Map<Integer, DuckDbWarehouse> BY_SEED = new ConcurrentHashMap<>();

  /** The warehouse of a seed, made by the first who asks. */
  public static DuckDbWarehouse ofSeed(int seed) {
    return BY_SEED.computeIfAbsent(
        seed,
        absent ->
            runLocal(
                FOLDER.resolve("seed-" + seed + ".duckdb"), "--customers=2000", "--seed=" + seed));
  }

  /** A warehouse of its own, made by {@code run-local} with these options. */
  public static DuckDbWarehouse runLocal(Path file, String... options) {
    List<String> args =
        new ArrayList<>(
            List.of("run-local", "--warehouse=" + file, "--report=" + file + ".report"));
    args.addAll(List.of(options));
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(screen, true, StandardCharsets.UTF_8);
    int status = new Main(new Terminal(print, print, false), CLOCK).run(args);
    assertThat(screen.toString(StandardCharsets.UTF_8), status, is(ExitStatus.DONE));
    return DuckDbWarehouse.openReadOnly(file);
  }

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("synthesised-accounts");
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> delete(folder), "delete-synthesised-accounts"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SynthesisedAccounts() {}
}
