package org.stripeanalytics.pipelines.local;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * Warehouses that {@code run-local} has made in this process: five years of 2,000 signups, one per
 * seed. Tests share them and leave them as they are.
 */
public final class SynthesisedAccounts {
  public static final List<Integer> SEEDS = List.of(1, 2, 3);

  private static final Path FOLDER = folder();
  private static final Map<Integer, DuckDbWarehouse> BY_SEED = new ConcurrentHashMap<>();

  /** The warehouse of a seed, made by the first who asks. */
  public static DuckDbWarehouse ofSeed(int seed) {
    return BY_SEED.computeIfAbsent(
        seed,
        absent ->
            LocalRuns.run(
                "run-local",
                FOLDER.resolve("seed-" + seed + ".duckdb"),
                "--customers=2000",
                "--truth",
                "--report=" + FOLDER.resolve("report-" + seed),
                "--seed=" + seed));
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
