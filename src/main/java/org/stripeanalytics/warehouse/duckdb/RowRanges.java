package org.stripeanalytics.warehouse.duckdb;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.warehouse.ReadSplits;
import org.stripeanalytics.warehouse.TableRead;

/** Reads a table in ranges of its row ids, each as long as one of DuckDB's row groups. */
record RowRanges(DuckDbFile file) implements ReadSplits.SplitReader {

  @Override
  public List<Integer> splits(List<TableRead<?>> reads) throws IOException {
    List<Integer> splits = new ArrayList<>();
    try (Connection connection = file.connect();
        Statement statement = connection.createStatement()) {
      for (TableRead<?> read : reads) {
        splits.add(splits(TableSql.name(read.table().contract()), statement));
      }
      return splits;
    } catch (SQLException e) {
      throw new IOException("cannot look into " + file, e);
    }
  }

  private static int splits(String table, Statement statement) throws SQLException {
    try (ResultSet last =
        statement.executeQuery("SELECT coalesce(max(rowid), -1) + 1 FROM " + table)) {
      last.next();
      long rows = last.getLong(1);
      return Math.toIntExact(
          (rows + RowRangeReader.ROWS_PER_GROUP - 1) / RowRangeReader.ROWS_PER_GROUP);
    }
  }

  @Override
  public <T> void read(TableRead<T> read, int split, int splits, Consumer<T> rows)
      throws IOException {
    long from = split * RowRangeReader.ROWS_PER_GROUP;
    OffsetRange range = new OffsetRange(from, from + RowRangeReader.ROWS_PER_GROUP);
    try (RowRangeReader<T> reader =
        RowRangeReader.open(file, ReadRows.select(read), RowCodec.of(read.rowClass()), range)) {
      while (reader.hasNext()) {
        rows.accept(reader.next());
      }
    } catch (SQLException e) {
      throw new IOException(read.table() + " cannot be read from " + file, e);
    }
  }
}
