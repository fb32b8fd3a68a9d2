package org.stripeanalytics.warehouse.duckdb;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A table as a source that splits into ranges of row ids, each a row group of DuckDB's, so that a
 * range reads nothing of the others and rows outside an interval are skipped by the groups' own
 * minima and maxima. The ranges are made when the pipeline runs, and no shuffle spreads them.
 *
 * @param <T> a row class, or a projection of one
 */
final class TableSource<T> extends BoundedSource<T> {
  /** Between a narrow row and a wide one; only tells sources apart. */
  private static final long BYTES_PER_ROW = 200;

  private final DuckDbFile file;
  private final String table;
  private final String select;
  private final Class<T> rowClass;
  private final @Nullable OffsetRange range;

  private TableSource(
      DuckDbFile file,
      String table,
      String select,
      Class<T> rowClass,
      @Nullable OffsetRange range) {
    this.file = file;
    this.table = table;
    this.select = select;
    this.rowClass = rowClass;
    this.range = range;
  }

  /**
   * @param table as SQL names it
   * @param select a SELECT of the row class's fields that ends where a condition is due
   */
  static <T> TableSource<T> of(DuckDbFile file, String table, String select, Class<T> rowClass) {
    return new TableSource<>(file, table, select, rowClass, null);
  }

  @Override
  public List<TableSource<T>> split(long desiredBundleSizeBytes, PipelineOptions options)
      throws SQLException {
    OffsetRange all = range();
    List<TableSource<T>> parts = new ArrayList<>();
    for (long from = all.getFrom(); from < all.getTo(); from += RowRangeReader.ROWS_PER_GROUP) {
      long to = Math.min(from + RowRangeReader.ROWS_PER_GROUP, all.getTo());
      parts.add(new TableSource<>(file, table, select, rowClass, new OffsetRange(from, to)));
    }
    return parts.isEmpty() ? List.of(this) : parts;
  }

  @Override
  public long getEstimatedSizeBytes(PipelineOptions options) throws SQLException {
    OffsetRange all = range();
    return (all.getTo() - all.getFrom()) * BYTES_PER_ROW;
  }

  /** All rows until it is split. */
  private OffsetRange range() throws SQLException {
    if (range != null) {
      return range;
    }
    try (Connection connection = file.connect();
        Statement statement = connection.createStatement();
        ResultSet last =
            statement.executeQuery("SELECT coalesce(max(rowid), -1) + 1 FROM " + table)) {
      last.next();
      return new OffsetRange(0, last.getLong(1));
    }
  }

  @Override
  public BoundedReader<T> createReader(PipelineOptions options) {
    return new Reader<>(this);
  }

  @Override
  public Coder<T> getOutputCoder() {
    return RowCoder.of(rowClass);
  }

  private static final class Reader<T> extends BoundedReader<T> {
    private final TableSource<T> source;
    private @Nullable RowRangeReader<T> rows;
    private @Nullable T current;

    Reader(TableSource<T> source) {
      this.source = source;
    }

    @Override
    public boolean start() throws IOException {
      try {
        OffsetRange range = source.range();
        if (range.getFrom() == range.getTo()) {
          return false;
        }
        rows = RowRangeReader.open(source.file, source.select, RowCodec.of(source.rowClass), range);
      } catch (SQLException e) {
        throw new IOException(source.table + " cannot be read", e);
      }
      return advance();
    }

    @Override
    public boolean advance() throws IOException {
      current = rows.hasNext() ? rows.next() : null;
      return current != null;
    }

    @Override
    public T getCurrent() {
      if (current == null) {
        throw new NoSuchElementException("there is no current row of " + source.table);
      }
      return current;
    }

    @Override
    public BoundedSource<T> getCurrentSource() {
      return source;
    }

    @Override
    public void close() throws IOException {
      if (rows != null) {
        try {
          rows.close();
        } catch (SQLException e) {
          throw new IOException(source.table + " cannot be closed", e);
        }
      }
    }
  }
}
