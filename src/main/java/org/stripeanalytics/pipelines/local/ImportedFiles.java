package org.stripeanalytics.pipelines.local;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which files of a landing have been ingested. A list of them is kept in the landing and written
 * after the ingestion, so what fails is done again, and ingesting twice changes nothing.
 *
 * @param landing a folder a day, which need not be there yet
 */
record ImportedFiles(Path landing) {
  private static final String LIST = "imported-files.txt";

  /** What has landed and is not ingested yet, in the order of the names. */
  ImmutableList<Path> waiting() throws IOException {
    if (!Files.isDirectory(landing)) {
      return ImmutableList.of();
    }
    Path list = landing.resolve(LIST);
    ImmutableSet<String> imported =
        Files.exists(list) ? ImmutableSet.copyOf(Files.readAllLines(list)) : ImmutableSet.of();
    try (Stream<Path> files = Files.walk(landing, 2)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".ndjson"))
          .filter(file -> !imported.contains(landing.relativize(file).toString()))
          .sorted()
          .collect(toImmutableList());
    }
  }

  /** The size of files together. */
  static long bytes(List<Path> files) throws IOException {
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  void add(List<Path> files) throws IOException {
    Files.writeString(
        landing.resolve(LIST),
        files.stream().map(file -> landing.relativize(file) + "\n").collect(joining()),
        UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
