package org.stripeanalytics.ingestion.exports;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.google.common.collect.ImmutableList;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.ingestion.FilePiece;
import org.stripeanalytics.ingestion.JsonFile;
import org.stripeanalytics.ingestion.PlainBytes;
import org.stripeanalytics.quality.RejectionRule;
import org.stripeanalytics.quality.Violation;

/**
 * The rows of one file of an export, as JSON objects of their cells by header: CSV with a header
 * (commas, or the semicolons or tabs that the header has instead; quotes as in RFC 4180), or
 * objects of JSON, recognised by the ending of the name. UTF-8, plain or gzip. What is no row is a
 * piece with a fault.
 */
abstract class ExportFile implements Closeable {
  private static final Pattern JSON_NAME =
      Pattern.compile("(?i).*[.](ndjson|jsonl|json)([.]gz(ip)?)?");

  /** Begins to read; closing it closes {@code source}. */
  static ExportFile open(String name, InputStream source) throws IOException {
    return JSON_NAME.matcher(name).matches() ? new OfJson(source) : new OfCsv(source);
  }

  /** The next row; null at the end. */
  abstract @Nullable FilePiece next() throws IOException;

  /** The names of the columns, as they are written; empty where every row says its own. */
  abstract ImmutableList<String> header();

  private static final class OfJson extends ExportFile {
    private final JsonFile file;

    OfJson(InputStream source) throws IOException {
      this.file = JsonFile.open(source);
    }

    @Override
    @Nullable FilePiece next() throws IOException {
      FilePiece piece = file.next();
      while (piece != null && piece.isEmptyPage()) {
        piece = file.next();
      }
      return piece;
    }

    @Override
    ImmutableList<String> header() {
      return ImmutableList.of();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private static final class OfCsv extends ExportFile {
    private static final JsonMapper JSON = new JsonMapper();
    private static final ObjectReader READER =
        new CsvMapper()
            .readerFor(String[].class)
            .with(CsvParser.Feature.WRAP_AS_ARRAY)
            .with(CsvParser.Feature.SKIP_EMPTY_LINES);

    private static final int LONGEST_HEADER = 1 << 17;

    private final InputStream source;
    private final @Nullable MappingIterator<String[]> rows;
    private final @Nullable FilePiece unreadable;
    private final ImmutableList<String> header;
    private long number;
    private boolean ended;

    OfCsv(InputStream source) throws IOException {
      this.source = source;
      MappingIterator<String[]> cells = null;
      FilePiece fault = null;
      ImmutableList<String> names = ImmutableList.of();
      try {
        BufferedReader text =
            new BufferedReader(
                new InputStreamReader(PlainBytes.of(source), UTF_8.newDecoder()), LONGEST_HEADER);
        CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator(text));
        cells = READER.with(schema).readValues(text);
        if (cells.hasNextValue()) {
          names = Arrays.stream(cells.nextValue()).map(String::strip).collect(toImmutableList());
        } else {
          fault = piece(1, "", RejectionRule.EMPTY_FILE, "the file has no header and no row");
        }
      } catch (IOException e) {
        fault = fault(1, e);
      }
      this.rows = cells;
      this.header = names;
      this.unreadable = fault;
    }

    @Override
    ImmutableList<String> header() {
      return header;
    }

    @Override
    @Nullable FilePiece next() {
      if (ended) {
        return null;
      }
      if (unreadable != null) {
        ended = true;
        return unreadable;
      }
      try {
        if (!rows.hasNextValue()) {
          ended = true;
          return null;
        }
        String[] cells = rows.nextValue();
        number++;
        if (cells.length != header.size()) {
          return piece(
              number,
              String.join(",", cells),
              RejectionRule.BROKEN_CSV,
              "the row has %d cells; its header has %d".formatted(cells.length, header.size()));
        }
        ObjectNode row = JSON.createObjectNode();
        for (int i = 0; i < cells.length; i++) {
          row.putIfAbsent(header.get(i), TextNode.valueOf(cells[i]));
        }
        return new FilePiece(number, JSON.writeValueAsString(row), null);
      } catch (IOException e) {
        ended = true;
        return fault(number + 1, e);
      }
    }

    private static FilePiece fault(long number, IOException e) {
      String after = "; the rows before it are kept, those after it are not read";
      if (e instanceof CharacterCodingException) {
        return piece(number, "", RejectionRule.INVALID_UTF8, "bytes that are not UTF-8" + after);
      }
      if (e instanceof EOFException || e instanceof ZipException) {
        return piece(
            number,
            "",
            RejectionRule.TRUNCATED_FILE,
            "the compressed file ends before its end, or is damaged" + after);
      }
      String reason =
          e instanceof JsonProcessingException broken
              ? broken.getOriginalMessage().lines().findFirst().orElse("")
              : String.valueOf(e.getMessage());
      return piece(number, "", RejectionRule.BROKEN_CSV, "no CSV: " + reason + after);
    }

    private static FilePiece piece(long number, String text, RejectionRule rule, String message) {
      return new FilePiece(number, text, new Violation(rule, message));
    }

    private static char separator(BufferedReader text) throws IOException {
      char[] start = new char[LONGEST_HEADER / 2];
      text.mark(start.length);
      int length = text.read(start);
      text.reset();
      String line = new String(start, 0, Math.max(0, length)).lines().findFirst().orElse("");
      if (line.contains(",")) {
        return ',';
      }
      return line.contains(";") ? ';' : line.contains("\t") ? '\t' : ',';
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }
}
