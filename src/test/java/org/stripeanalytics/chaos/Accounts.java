package org.stripeanalytics.chaos;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The small accounts that the tries work with, and folders with a warehouse in a known state. */
final class Accounts {
  private static final List<String> SMALL = List.of("--customers=150", "--end=2021-04-01");

  private final Workplace workplace;

  Accounts(Workplace workplace) {
    this.workplace = workplace;
  }

  /** The warehouse of a folder. */
  static Path warehouse(Path folder) {
    return folder.resolve("stripe.duckdb");
  }

  /** The options of a whole run of an account. */
  static Object[] account(int seed, Path folder) {
    return Stream.concat(
            SMALL.stream(),
            Stream.of("--seed=" + seed, "--report=" + folder.resolve("report"), in(folder)))
        .toArray();
  }

  static String in(Path folder) {
    return "--warehouse=" + warehouse(folder);
  }

  Command start(String name, Object... options) throws IOException {
    return workplace.start(name, options);
  }

  /** Runs a command that has to succeed. */
  void must(String name, Object... options) throws IOException, InterruptedException {
    Command.Ended ended = start(name, options).ended();
    if (ended.status() != 0) {
      throw new IllegalStateException(ended.toString());
    }
  }

  /** A folder with the finished warehouse of an account. */
  Path finished(int seed) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(workplace.path("finished-" + seed));
    must("run-local", account(seed, folder));
    return folder;
  }

  /** A folder with the raw tables of an account. */
  Path simulated(int seed) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(workplace.path("simulated-" + seed));
    must(
        "synthesize",
        Stream.concat(SMALL.stream(), Stream.of("--seed=" + seed, in(folder))).toArray());
    return folder;
  }

  /** A file set with the events of an account, to ingest. */
  Path delivered(int seed) throws IOException, InterruptedException {
    Path output = workplace.path("delivered-" + seed);
    must(
        "synthesize",
        Stream.concat(SMALL.stream(), Stream.of("--seed=" + seed, "--events", "--output=" + output))
            .toArray());
    return output;
  }

  /** A copy of a folder that may be broken. */
  Path copy(Path folder, String name) throws IOException {
    Path copy = workplace.path(name);
    if (Files.exists(copy)) {
      MoreFiles.deleteRecursively(copy, RecursiveDeleteOption.ALLOW_INSECURE);
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.toList()) {
        Files.copy(each, copy.resolve(folder.relativize(each).toString()));
      }
    }
    return copy;
  }

  /** The names in a folder. */
  static List<String> names(Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? List.of() : Arrays.stream(names).sorted().toList();
  }
}
