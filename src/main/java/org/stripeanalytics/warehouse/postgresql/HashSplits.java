package org.stripeanalytics.warehouse.postgresql;

import static org.stripeanalytics.warehouse.postgresql.SchemaNames.literal;
import static org.stripeanalytics.warehouse.postgresql.SchemaNames.quoted;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.schemas.Schema;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.warehouse.ReadSplits;
import org.stripeanalytics.warehouse.RowMeter;
import org.stripeanalytics.warehouse.TableRead;

/**
 * Reads a table by cursors, in splits by a hash of the first column of its key. All versions of an
 * object are in one split, which sees one state of the table, so a publication that commits between
 * two splits never shows or hides a row twice.
 */
record HashSplits(PostgresDatabase database, SchemaNames names) implements ReadSplits.SplitReader {
  private static final long BYTES_PER_SPLIT = 16L << 20;

  /** Every split walks the whole table, so more than there are cores are a loss. */
  private static final int MOST_SPLITS = 4;

  private static final int ROWS_AT_ONCE = 5000;

  @Override
  public List<Integer> splits(List<TableRead<?>> reads) throws IOException {
    List<Integer> splits = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (TableRead<?> read : reads) {
        long bytes = bytes(statement, read.table().contract());
        splits.add((int) Math.min(MOST_SPLITS, (bytes + BYTES_PER_SPLIT - 1) / BYTES_PER_SPLIT));
      }
      return splits;
    } catch (SQLException e) {
      throw new IOException("cannot look into " + database + ": " + SqlMessages.of(e), e);
    }
  }

  /** How much a table and its partitions hold; 0 if there is no such table. */
  private long bytes(Statement statement, Contract contract) throws SQLException {
    try (ResultSet size =
        statement.executeQuery(
            """
            SELECT coalesce(
              (SELECT sum(pg_table_size(relid)) FROM pg_partition_tree(t) WHERE isleaf),
              pg_table_size(t), 0)::bigint
            FROM to_regclass(%s) AS t
            """
                .formatted(literal(names.table(contract))))) {
      size.next();
      return size.getLong(1);
    }
  }

  @Override
  public <T> void read(TableRead<T> read, int split, int splits, Consumer<T> rows)
      throws IOException {
    try (Connection connection = database.connect()) {
      // A cursor lives in a transaction.
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(ROWS_AT_ONCE);
        RowReader<T> reader = RowReader.of(RowCodec.of(read.rowClass()));
        try (ResultSet answer = statement.executeQuery(select(read, split, splits))) {
          while (answer.next()) {
            RowMeter.READ.add(1);
            rows.accept(reader.read(answer));
          }
        }
      }
    } catch (SQLException e) {
      throw new IOException(read.table() + " cannot be read: " + SqlMessages.of(e), e);
    }
  }

  private String select(TableRead<?> read, int split, int splits) {
    Contract contract = read.table().contract();
    Schema schema = RowCodec.of(read.rowClass()).schema();
    List<String> conditions = new ArrayList<>();
    read.condition().ifPresent(conditions::add);
    if (splits > 1) {
      // The sign bit is taken off: a remainder of a negative number is negative.
      conditions.add(
          "(hashtext(%s::text) & 2147483647) %% %d = %d"
              .formatted(quoted(contract.primaryKey().get(0)), splits, split));
    }
    return "SELECT "
        + TableSql.list(schema.getFieldNames(), SchemaNames::quoted)
        + " FROM "
        + names.table(contract)
        + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions));
  }
}
