package org.stripeanalytics.extraction;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory that an account is read into: {@code DAY/LIST-FROM-TO.extracted-TIME.ndjson}, an
 * object on each line. The day and the time are those at which the session began, less a second:
 * the state that plain objects are filed under. What is not whole yet is in {@code .unfinished}.
 */
final class Landing {
  private static final String UNFINISHED = ".unfinished";
  private static final String PART = ".part";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern NAME =
      Pattern.compile("(?<list>[a-z_]+)-(?<from>\\d+)-(?<to>\\d+)\\.extracted-.*");

  private final Path directory;

  Landing(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  /**
   * Begins a file, or goes on with one that was broken off.
   *
   * @param type of the objects that the file is about
   * @param begun the second in which the session began
   */
  LandingFile open(Window window, String type, long begun) {
    String name = name(window, begun);
    Path day =
        directory.resolve(
            LocalDate.ofInstant(Instant.ofEpochSecond(begun - 1), ZoneOffset.UTC).toString());
    try {
      Files.createDirectories(directory.resolve(UNFINISHED));
      Files.createDirectories(day);
      Path unfinished = directory.resolve(UNFINISHED).resolve(name + PART);
      return LandingFile.open(unfinished, day.resolve(name), type);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + directory, e);
    }
  }

  /** Where a window will be found, once it is whole. */
  static String name(Window window, long begun) {
    return "%s-%d-%d.extracted-%s.ndjson"
        .formatted(
            window.list(),
            window.from(),
            window.to(),
            TIME.format(Instant.ofEpochSecond(begun - 1)));
  }

  /** The windows that a session has begun and not finished. */
  List<Window> unfinished(long begun) {
    List<Window> windows = new ArrayList<>();
    for (Path file : files(directory.resolve(UNFINISHED))) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (name.matches()) {
        Window window =
            new Window(
                name.group("list"),
                Long.parseLong(name.group("from")),
                Long.parseLong(name.group("to")));
        if (file.endsWith(name(window, begun) + PART)) {
          windows.add(window);
        }
      }
    }
    return windows;
  }

  /** Removes what no session goes on with any more. */
  void clear() {
    try {
      for (Path file : files(directory.resolve(UNFINISHED))) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clear " + directory.resolve(UNFINISHED), e);
    }
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }
}
