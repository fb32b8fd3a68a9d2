package org.stripeanalytics.warehouse.postgresql;

import static org.stripeanalytics.warehouse.postgresql.SchemaNames.quoted;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLState;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.warehouse.OwnedDays;
import org.stripeanalytics.warehouse.RowMeter;
import org.stripeanalytics.warehouse.StagedRows;
import org.stripeanalytics.warehouse.StagingBatch;

/** Gathers rows and sends them by COPY, a few hundred kilobytes at a time. */
final class CopiedBatch<T> implements StagingBatch<T> {
  /** With a buffer for each of some fifty tables on each thread, and long enough for COPY. */
  private static final int BYTES_AT_ONCE = 1 << 19;

  /** Of five years each month has some hundred rows then. */
  private static final int BYTES_OF_LARGE_AT_ONCE = 8 << 20;

  private static final int NO_FIELD = -1;

  /** Of rows that belong to no month. */
  private static final YearMonth NO_MONTH = YearMonth.of(1, 1);

  private static final SecureRandom NUMBERS = new SecureRandom();

  private static final String INVALID_SCHEMA_NAME = "3F000";
  private static final ImmutableSet<String> NOT_THERE =
      ImmutableSet.of(
          PSQLState.UNDEFINED_TABLE.getState(),
          INVALID_SCHEMA_NAME,
          // No partition takes the row.
          PSQLState.CHECK_VIOLATION.getState());

  private final StagingTables area;
  private final WarehouseTable<T> table;
  private final RowCodec<T> codec;
  private final CopyBinary<T> format;
  private final OwnedDays<T> owned;
  private final LongConsumer meter;
  private final int dayField;
  private final CopyChunk chunk;
  private final boolean isLarge;
  private final int bytesAtOnce;
  private final Set<YearMonth> months = new HashSet<>();
  private long lastDay = Long.MIN_VALUE;
  private YearMonth lastMonth = NO_MONTH;
  private long number = NUMBERS.nextLong();
  private long rows;

  CopiedBatch(StagingTables area, WarehouseTable<T> table) {
    this(area, table, RowMeter.STAGED::add);
  }

  private CopiedBatch(StagingTables area, WarehouseTable<T> table, LongConsumer meter) {
    this.meter = meter;
    this.codec = RowCodec.of(table.rowClass());
    this.area = area;
    this.table = table;
    this.isLarge = StagedMonths.areOf(table.contract());
    this.format = CopyBinary.of(codec, isLarge ? area.stamps() : ImmutableMap.of());
    this.chunk = new CopyChunk(format);
    this.bytesAtOnce = isLarge ? BYTES_OF_LARGE_AT_ONCE : BYTES_AT_ONCE;
    this.owned = OwnedDays.of(table, codec, area.interval());
    this.dayField =
        table.contract().partitionColumn().map(codec.schema()::indexOf).orElse(NO_FIELD);
  }

  /** For rows that no worker writes: outside of one there is nothing that counts. */
  static <T> CopiedBatch<T> ofThisProcess(StagingTables area, WarehouseTable<T> table) {
    return new CopiedBatch<>(area, table, rows -> {});
  }

  @Override
  public void write(T row) throws IOException {
    owned.check(row);
    chunk.write(format, monthOf(row), row, number);
    rows++;
    meter.accept(1);
    if (chunk.size() >= bytesAtOnce) {
      flush();
    }
  }

  @Override
  public Optional<StagedRows> finish() throws IOException {
    if (rows == 0) {
      return Optional.empty();
    }
    flush();
    StagedRows staged =
        StagedRows.of(table.name(), BatchLocation.of(number, months).toString(), rows);
    close();
    return Optional.of(staged);
  }

  @Override
  public void close() {
    chunk.clear();
    rows = 0;
    number = NUMBERS.nextLong();
    months.clear();
    lastDay = Long.MIN_VALUE;
  }

  private YearMonth monthOf(T row) {
    if (dayField == NO_FIELD) {
      return NO_MONTH;
    }
    long day = (Long) codec.get(row, dayField);
    if (day != lastDay) {
      lastDay = day;
      lastMonth = YearMonth.from(LocalDate.ofEpochDay(day));
      months.add(lastMonth);
    }
    return lastMonth;
  }

  private void flush() throws IOException {
    if (chunk.size() == 0) {
      return;
    }
    try {
      SharedConnections.use(area.database(), this::copy);
    } catch (SQLException e) {
      throw new IOException("cannot stage rows of " + table + ": " + SqlMessages.of(e), e);
    }
    chunk.clear();
  }

  /** The first to find that there is no table, or no partition of a month, makes it. */
  private long copy(Connection connection) throws SQLException {
    try {
      return send(connection);
    } catch (SQLException e) {
      if (!NOT_THERE.contains(String.valueOf(e.getSQLState()))) {
        throw e;
      }
      area.create(connection, table.contract(), chunk.months());
      return send(connection);
    }
  }

  /** Whose rows are counted, those and their count are there or not. */
  private long send(Connection connection) throws SQLException {
    if (!isLarge) {
      return sendRows(connection);
    }
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      // The publication waits until all before it is on the disk.
      statement.execute("SET LOCAL synchronous_commit = off");
      long sent = sendRows(connection);
      new StagedMonths(area, table.contract()).note(statement, number, chunk.count());
      connection.commit();
      return sent;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private long sendRows(Connection connection) throws SQLException {
    return chunk.sendTo(
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "COPY "
                    + area.name(table.contract())
                    + " ("
                    + TableSql.list(format.columns(), SchemaNames::quoted)
                    + ", "
                    + quoted(StagingTables.BATCH)
                    + ") FROM STDIN (FORMAT binary)"));
  }
}
