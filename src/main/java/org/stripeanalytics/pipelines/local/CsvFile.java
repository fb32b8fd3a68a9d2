package org.stripeanalytics.pipelines.local;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.google.common.collect.ImmutableList;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.stripeanalytics.pipelines.BadInput;

/**
 * A person's own CSV file: a header, then rows. UTF-8 with or without a byte order mark, any line
 * ends, quotes as in RFC 4180. Columns are separated by commas, or by the semicolons or tabs that
 * the header has instead. Whatever cannot be used is refused with the number of its line.
 */
final class CsvFile implements Closeable {
  private static final ObjectReader READER =
      new CsvMapper()
          .readerFor(String[].class)
          .with(CsvParser.Feature.WRAP_AS_ARRAY)
          .with(CsvParser.Feature.SKIP_EMPTY_LINES);

  private static final char BYTE_ORDER_MARK = '\ufeff';
  private static final int LONGEST_HEADER = 1 << 16;

  /** Figures of no business have more digits; an exponent could ask for all memory. */
  private static final int MOST_DIGITS = 30;

  private final Path path;
  private final MappingIterator<String[]> rows;
  private final ImmutableList<String> header;
  private long line = 1;
  private String[] cells = {};

  private CsvFile(Path path, MappingIterator<String[]> rows) {
    this.path = path;
    this.rows = rows;
    if (!next()) {
      throw new BadInput(path + " is empty; its first line names the columns");
    }
    this.header =
        Arrays.stream(cells)
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .collect(toImmutableList());
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws BadInput when there is no such file or it is not text
   */
  static CsvFile open(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw new BadInput(path + " is a directory; give a CSV file");
      }
      BufferedReader text =
          new BufferedReader(
              new InputStreamReader(Files.newInputStream(path), UTF_8.newDecoder()),
              LONGEST_HEADER);
      skipByteOrderMark(text);
      CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator(text));
      return new CsvFile(path, READER.with(schema).readValues(text));
    } catch (NoSuchFileException e) {
      throw new BadInput(path + " does not exist");
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** The names of the columns, in lower case. */
  ImmutableList<String> header() {
    return header;
  }

  /**
   * Goes to the next row.
   *
   * @return false after the last one
   * @throws BadInput when it has more or fewer cells than the header, or is not CSV
   */
  boolean next() {
    try {
      if (!rows.hasNextValue()) {
        return false;
      }
      line = rows.getCurrentLocation().getLineNr();
      cells = rows.nextValue();
    } catch (JsonProcessingException e) {
      throw fault("is not CSV: " + e.getOriginalMessage().lines().findFirst().orElse(""));
    } catch (IOException e) {
      throw unreadable(path, e);
    }
    if (header != null && cells.length != header.size()) {
      throw fault(
          "has another number of cells (%d) than the header (%d)"
              .formatted(cells.length, header.size()));
    }
    return true;
  }

  /** A cell of the row, without the space around it. */
  String text(int column) {
    return cells[column].strip();
  }

  /**
   * Where a column is.
   *
   * @throws BadInput when there is none of this name, or several
   */
  int column(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    int column = header.indexOf(wanted);
    if (column < 0) {
      throw new BadInput(
          "%s has no column %s; it has %s".formatted(path, wanted, String.join(", ", header)));
    }
    if (column != header.lastIndexOf(wanted)) {
      throw new BadInput("%s has several columns %s; give it once".formatted(path, wanted));
    }
    return column;
  }

  /**
   * A number that is not negative.
   *
   * @throws BadInput when the cell holds anything else
   */
  BigDecimal amount(int column) {
    return amount(header.get(column), text(column));
  }

  /**
   * A number that is not negative, from a part of a cell.
   *
   * @param name of the column
   * @throws BadInput when the text is anything else
   */
  BigDecimal amount(String name, String text) {
    return parse(text)
        .filter(number -> number.signum() >= 0)
        .orElseThrow(() -> notAllowed(name, text, "numbers from 0, such as 12 or 0.5"));
  }

  /**
   * Any number.
   *
   * @throws BadInput when the cell holds anything else
   */
  BigDecimal number(int column) {
    return parse(text(column)).orElseThrow(() -> notAllowed(column, "numbers, such as 12 or -0.5"));
  }

  private static Optional<BigDecimal> parse(String text) {
    try {
      return Optional.of(new BigDecimal(text))
          .filter(n -> Math.abs(n.scale()) <= MOST_DIGITS && n.precision() <= MOST_DIGITS);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A cell that holds something else than it may, on one line. */
  BadInput notAllowed(int column, String allowed) {
    return notAllowed(header.get(column), text(column), allowed);
  }

  private BadInput notAllowed(String name, String text, String allowed) {
    return fault("has %s=%s; allowed are %s".formatted(name, text, allowed));
  }

  /** Where the row begins in the file, from 1. */
  long line() {
    return line;
  }

  /** What is wrong with the row, on one line. */
  BadInput fault(String complaint) {
    return fault(line, complaint);
  }

  /** What is wrong with a row that was read before. */
  BadInput fault(long line, String complaint) {
    return new BadInput("%s line %d %s".formatted(path, line, complaint));
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }

  private static void skipByteOrderMark(BufferedReader text) throws IOException {
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
  }

  private static char separator(BufferedReader text) throws IOException {
    char[] start = new char[LONGEST_HEADER / 2];
    text.mark(start.length);
    int length = text.read(start);
    text.reset();
    String header = new String(start, 0, Math.max(0, length)).lines().findFirst().orElse("");
    if (header.contains(",")) {
      return ',';
    }
    return header.contains(";") ? ';' : header.contains("\t") ? '\t' : ',';
  }

  private static BadInput unreadable(Path path, IOException e) {
    return new BadInput(
        e instanceof CharacterCodingException
            ? path + " is not UTF-8 text; save it as CSV in UTF-8"
            : path + " cannot be read: " + e.getMessage());
  }
}
