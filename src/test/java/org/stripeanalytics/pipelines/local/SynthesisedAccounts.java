package org.stripeanalytics.pipelines.local;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * Warehouses that were synthesised, transformed, predicted and checked: five years of 2,000
 * signups, one per seed. Tests share them and leave them as they are. A build tests in several
 * processes; they share them as well, in the folder that the build names. Outside of a build each
 * process makes its own.
 */
public final class SynthesisedAccounts {
  public static final List<Integer> SEEDS = List.of(1, 2, 3);

  private static final String SHARED = System.getProperty("synthesised.accounts");
  private static final Path FOLDER = SHARED == null ? temporary() : folder(Path.of(SHARED));
  private static final Map<Integer, DuckDbWarehouse> BY_SEED = new ConcurrentHashMap<>();

  /** The warehouse of a seed, made by the first who asks. */
  public static DuckDbWarehouse ofSeed(int seed) {
    return BY_SEED.computeIfAbsent(seed, SynthesisedAccounts::madeOnce);
  }

  private static DuckDbWarehouse madeOnce(int seed) {
    Path lock = FOLDER.resolve("seed-" + seed + ".lock");
    try (FileChannel made =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // Released with the channel, also when its process dies.
      made.lock();
      Path file = FOLDER.resolve("seed-" + seed + ".duckdb");
      return Files.exists(file) ? DuckDbWarehouse.openReadOnly(file) : make(file, seed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DuckDbWarehouse make(Path file, int seed) {
    Path unfinished = FOLDER.resolve("unfinished-" + seed + ".duckdb");
    LocalRuns.saying(
        "synthesize",
        unfinished,
        "--customers=2000",
        "--sources=none",
        "--truth",
        "--seed=" + seed);
    LocalRuns.saying("transform", unfinished);
    LocalRuns.saying("predict", unfinished);
    LocalRuns.saying("check", unfinished);
    try {
      // A run that failed leaves nothing that the next could take for an account.
      Files.move(unfinished, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return DuckDbWarehouse.openReadOnly(file);
  }

  private static Path folder(Path shared) {
    try {
      return Files.createDirectories(shared);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path temporary() {
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
