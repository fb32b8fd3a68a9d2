package org.stripeanalytics.ingestion.exports;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.Splitter;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.SourceMapping.Form;
import org.stripeanalytics.ingestion.UnreadableValueException;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.quality.RejectionRule;

/** How the text of a cell becomes the encoded value of a column. */
final class CellReaders {
  private static final int NUMERIC_SCALE = 9;
  private static final int NUMERIC_DIGITS = 38;
  private static final int MICROS_PLACES = 6;
  private static final int LONGEST_NUMBER = 60;
  private static final int LONGEST_SHOWN = 80;

  /** Since 1973: fewer are a day without its hyphens, or a mistake. */
  private static final int FEWEST_DIGITS_OF_SECONDS = 9;

  private static final int MOST_DIGITS_OF_SECONDS = 11;
  private static final int MOST_DIGITS_OF_MILLIS = 14;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MICROS_PER_MILLI = 1_000;

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+([.]\\d*)?([eE][+-]?\\d{1,3})?");
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,17}");

  /** A day, then perhaps a time with a blank or a T before it, then perhaps a zone. */
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})(?:[T ](\\d{1,2}:\\d{2}(?::\\d{2}(?:[.]\\d{1,9})?)?)"
              + "\\s*(Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)?)?");

  /** Makes a value of a text that is not empty. */
  interface CellReader {
    Object read(String text) throws UnreadableValueException;
  }

  /**
   * @param zone of times that name none
   */
  static CellReader of(FieldType type, @Nullable Form form, ZoneId zone, String column) {
    return switch (type.getTypeName()) {
      case ARRAY, ITERABLE -> CellReaders::ids;
      case STRING -> form == Form.LOWER_CASE ? text -> text.toLowerCase(Locale.ROOT) : text -> text;
      case INT64 -> text -> whole(text, column);
      case DECIMAL -> text -> numeric(text, form == Form.MICROS ? MICROS_PLACES : 0, column);
      case BOOLEAN -> text -> truth(text, column) != (form == Form.NEGATED);
      case LOGICAL_TYPE ->
          type.getLogicalType().getIdentifier().equals(EpochMicros.IDENTIFIER)
              ? text -> micros(text, zone, column)
              : text -> day(text, column);
      default -> throw new IllegalArgumentException("no cell is read into " + type);
    };
  }

  static boolean isList(FieldType type) {
    return type.getTypeName() == TypeName.ARRAY || type.getTypeName() == TypeName.ITERABLE;
  }

  /** The text of a cell, null where there is nothing in it. Lists and objects are their JSON. */
  static @Nullable String text(@Nullable JsonNode cell) {
    if (cell == null || cell.isNull()) {
      return null;
    }
    String text = cell.isValueNode() ? cell.asText().strip() : cell.toString();
    return text.isEmpty() ? null : text;
  }

  /** A time in microseconds since 1970. */
  static long micros(String text, ZoneId zone, String column) throws UnreadableValueException {
    if (WHOLE.matcher(text).matches()) {
      // Exports write seconds, milliseconds or microseconds; their lengths tell.
      long number = Long.parseLong(text);
      int digits = String.valueOf(Math.abs(number)).length();
      if (digits < FEWEST_DIGITS_OF_SECONDS && number != 0) {
        throw wrong(column, text, "seconds since 1970, or a day such as 2024-01-31");
      }
      return digits <= MOST_DIGITS_OF_SECONDS
          ? number * MICROS_PER_SECOND
          : digits <= MOST_DIGITS_OF_MILLIS ? number * MICROS_PER_MILLI : number;
    }
    Matcher time = TIME.matcher(text);
    if (time.matches()) {
      try {
        return EpochMicros.of(instant(time, zone));
      } catch (DateTimeException e) {
        // Said below: the 30th of February looks like a day.
      }
    }
    throw wrong(column, text, "a time as in 2024-01-31 12:00:00 UTC or 2024-01-31T12:00:00Z");
  }

  private static Instant instant(Matcher time, ZoneId zone) {
    String given = time.group(2) == null ? "00:00" : time.group(2);
    // Spreadsheets write 2:20:51 before ten.
    String clock = given.indexOf(':') == 1 ? "0" + given : given;
    String offset = time.group(3);
    if (offset == null) {
      return LocalDateTime.parse(time.group(1) + "T" + clock).atZone(zone).toInstant();
    }
    String iso =
        Character.isLetter(offset.charAt(0))
            ? "Z"
            : offset.length() == 3
                ? offset + ":00"
                : offset.contains(":")
                    ? offset
                    : offset.substring(0, 3) + ":" + offset.substring(3);
    return OffsetDateTime.parse(time.group(1) + "T" + clock + iso).toInstant();
  }

  private static Long day(String text, String column) throws UnreadableValueException {
    Matcher time = TIME.matcher(text);
    if (time.matches()) {
      try {
        return LocalDate.parse(time.group(1)).toEpochDay();
      } catch (DateTimeException e) {
        // Said below.
      }
    }
    throw wrong(column, text, "a day as in 2024-01-31");
  }

  private static Boolean truth(String text, String column) throws UnreadableValueException {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "1" -> true;
      case "false", "f", "no", "n", "0" -> false;
      default -> throw wrong(column, text, "true or false");
    };
  }

  private static Long whole(String text, String column) throws UnreadableValueException {
    BigDecimal number = numeric(text, 0, column);
    try {
      return number.longValueExact();
    } catch (ArithmeticException e) {
      throw wrong(column, text, "a whole number");
    }
  }

  private static BigDecimal numeric(String text, int places, String column)
      throws UnreadableValueException {
    if (text.length() > LONGEST_NUMBER || !NUMBER.matcher(text).matches()) {
      throw wrong(column, text, "a number with a point, as in 12.5");
    }
    BigDecimal number = new BigDecimal(text).movePointLeft(places).stripTrailingZeros();
    BigDecimal kept = number.scale() < 0 ? number.setScale(0) : number;
    if (kept.scale() > NUMERIC_SCALE || kept.precision() > NUMERIC_DIGITS) {
      throw new UnreadableValueException(
          RejectionRule.TOO_PRECISE,
          "%s is %s; at most %d digits and %d decimal places are kept"
              .formatted(column, text, NUMERIC_DIGITS, NUMERIC_SCALE));
    }
    return kept;
  }

  /** {@code [1, 2]}, {@code 1;2}, {@code 1,2} and {@code 1:1577836800000;2:…}. */
  private static List<String> ids(String text) {
    List<String> ids = new ArrayList<>();
    for (String part : Splitter.onPattern("[;,]").split(text)) {
      String id = part.replaceAll("[\\[\\]\"\\s]", "");
      int colon = id.indexOf(':');
      id = colon < 0 ? id : id.substring(0, colon);
      if (!id.isEmpty()) {
        ids.add(id);
      }
    }
    return ids;
  }

  private static UnreadableValueException wrong(String column, String text, String allowed) {
    String shown =
        text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN - 1) + "…";
    return new UnreadableValueException(
        RejectionRule.WRONG_TYPE, "%s is \"%s\"; expected %s".formatted(column, shown, allowed));
  }

  private CellReaders() {}
}
