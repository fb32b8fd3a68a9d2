package org.stripeanalytics.warehouse.duckdb;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of rows, one JSON object per line, compressed with zstd, while it is written. */
final class NdjsonFile<T> implements Closeable {
  /** DuckDB tells the compression by the end of the name. */
  static final String SUFFIX = ".ndjson.zst";

  /** Rows shrink to a fifteenth at the fastest level already. */
  private static final int COMPRESSION_LEVEL = 1;

  private final Path path;
  private final NdjsonRows<T> format;
  private final JsonLines json;
  private long rows;

  private NdjsonFile(Path path, NdjsonRows<T> format, JsonLines json) {
    this.path = path;
    this.format = format;
    this.json = json;
  }

  static <T> NdjsonFile<T> create(Path path, NdjsonRows<T> format) throws IOException {
    ZstdOutputStream bytes = new ZstdOutputStream(Files.newOutputStream(path), COMPRESSION_LEVEL);
    return new NdjsonFile<>(path, format, new JsonLines(bytes));
  }

  void write(T row) throws IOException {
    format.write(row, json);
    json.raw('\n');
    rows++;
  }

  Path path() {
    return path;
  }

  /** How many rows were written. */
  long rows() {
    return rows;
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
