package org.stripeanalytics.ingestion;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A file that {@code extract} has read from Stripe's API. Its name ends in {@code
 * .extracted-20260131T101500Z.ndjson}: the time whose state its plain objects show, to the second,
 * so what events say of later that day is newer.
 */
final class LandedFile {
  private static final Pattern NAME =
      Pattern.compile(".*\\.extracted-(\\d{8}T\\d{6})Z\\.ndjson(\\.gz)?");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");

  /** The time in a file's name; none if it is not such a file. */
  static Optional<Instant> extractedAt(@Nullable String file) {
    if (file == null) {
      return Optional.empty();
    }
    Matcher name = NAME.matcher(file);
    if (!name.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDateTime.parse(name.group(1), TIME).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      // Digits that are no time: a name of somebody else's making.
      return Optional.empty();
    }
  }

  private LandedFile() {}
}
