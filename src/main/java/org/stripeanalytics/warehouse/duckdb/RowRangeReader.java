package org.stripeanalytics.warehouse.duckdb;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.duckdb.DuckDBResultSet;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.warehouse.RowMeter;

/** Reads the rows of a range of row ids, streaming them out of DuckDB in Arrow batches. */
final class RowRangeReader<T> implements AutoCloseable {
  /** DuckDB stores and skips rows in groups of this many. */
  static final long ROWS_PER_GROUP = 122_880;

  private static final int ROWS_PER_BATCH = 8_192;

  private final BufferAllocator allocator;
  private final Connection connection;
  private final Statement statement;
  private final ResultSet result;
  private final ArrowReader batches;
  private final VectorSchemaRoot batch;
  private final ArrowRows<T> rows;
  private int next;

  private RowRangeReader(
      BufferAllocator allocator, Connection connection, String sql, RowCodec<T> codec)
      throws SQLException, IOException {
    this.allocator = allocator;
    this.connection = connection;
    this.statement = connection.createStatement();
    this.result = statement.executeQuery(sql);
    this.batches =
        (ArrowReader) ((DuckDBResultSet) result).arrowExportStream(allocator, ROWS_PER_BATCH);
    this.batch = batches.getVectorSchemaRoot();
    this.rows = ArrowRows.of(codec, batch);
  }

  /**
   * @param select a SELECT of the codec's fields in their order that ends where a condition is due
   */
  static <T> RowRangeReader<T> open(
      DuckDbFile file, String select, RowCodec<T> codec, OffsetRange range)
      throws SQLException, IOException {
    String sql = select + "rowid >= " + range.getFrom() + " AND rowid < " + range.getTo();
    Connection connection = file.connect();
    try {
      return new RowRangeReader<>(new RootAllocator(), connection, sql, codec);
    } catch (SQLException | IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Whether there is another row. */
  boolean hasNext() throws IOException {
    while (next == batch.getRowCount()) {
      if (!batches.loadNextBatch()) {
        return false;
      }
      RowMeter.READ.add(batch.getRowCount());
      next = 0;
    }
    return true;
  }

  T next() {
    return rows.get(next++);
  }

  @Override
  public void close() throws SQLException, IOException {
    // In the reverse order of their making, each though another fails.
    try (allocator;
        connection;
        statement;
        result;
        batches) {
      next = batch.getRowCount();
    }
  }
}
