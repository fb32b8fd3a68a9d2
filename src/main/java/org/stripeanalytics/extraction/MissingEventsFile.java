package org.stripeanalytics.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Puts events into a file of the landing that is there whole or not at all, under a name that says
 * what it is of.
 *
 * @param landing the directory, made when it is needed
 */
public record MissingEventsFile(Path landing, Clock clock) implements MissingEvents {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  @Override
  public String put(List<String> events, Instant from, Instant to) {
    Instant now = clock.instant();
    Path day = landing.resolve(LocalDate.ofInstant(now, ZoneOffset.UTC).toString());
    String name =
        "reconciled-%d-%d-%s.ndjson"
            .formatted(from.getEpochSecond(), to.getEpochSecond(), TIME.format(now));
    try {
      Files.createDirectories(day);
      Path part = landing.resolve("." + name + ".part");
      try {
        Files.write(part, events, UTF_8);
        try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
          written.force(true);
        }
        return Files.move(part, day.resolve(name), StandardCopyOption.ATOMIC_MOVE).toString();
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new ExtractionException(
          "--landing=%s cannot be written to: %s".formatted(landing, e.getMessage()));
    }
  }
}
