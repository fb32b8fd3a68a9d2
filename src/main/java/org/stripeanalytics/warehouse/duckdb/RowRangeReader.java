package org.stripeanalytics.warehouse.duckdb;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.duckdb.DuckDBResultSet;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.warehouse.RowMeter;

/**
 * Reads the rows of a range of row ids, streaming them out of DuckDB in Arrow batches.
 *
 * @param select a SELECT of the codec's fields in their order that ends where a condition is due
 */
record RowRangeReader<T>(DuckDbFile file, String select, RowCodec<T> codec) {
  /** DuckDB stores and skips rows in groups of this many. */
  static final long ROWS_PER_GROUP = 122_880;

  private static final int ROWS_PER_BATCH = 8_192;

  void read(OffsetRange range, Consumer<T> output) throws SQLException, IOException {
    String sql = select + "rowid >= " + range.getFrom() + " AND rowid < " + range.getTo();
    try (BufferAllocator allocator = new RootAllocator();
        Connection connection = file.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql);
        ArrowReader reader =
            (ArrowReader) ((DuckDBResultSet) result).arrowExportStream(allocator, ROWS_PER_BATCH)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      ArrowRows<T> rows = ArrowRows.of(codec, root);
      while (reader.loadNextBatch()) {
        RowMeter.READ.add(root.getRowCount());
        for (int i = 0; i < root.getRowCount(); i++) {
          output.accept(rows.get(i));
        }
      }
    }
  }
}
