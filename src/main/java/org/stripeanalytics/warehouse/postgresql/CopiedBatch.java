package org.stripeanalytics.warehouse.postgresql;

import static org.stripeanalytics.warehouse.postgresql.SchemaNames.quoted;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
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

  private static final int NO_FIELD = -1;
  private static final SecureRandom NUMBERS = new SecureRandom();

  private static final String INVALID_SCHEMA_NAME = "3F000";
  private static final ImmutableSet<String> NOT_THERE =
      ImmutableSet.of(PSQLState.UNDEFINED_TABLE.getState(), INVALID_SCHEMA_NAME);

  private final StagingTables area;
  private final WarehouseTable<T> table;
  private final RowCodec<T> codec;
  private final CopyBinary<T> format;
  private final OwnedDays<T> owned;
  private final LongConsumer meter;
  private final int dayField;
  private final CopyBuffer buffer = new CopyBuffer();
  private final Set<YearMonth> months = new HashSet<>();
  private long lastDay = Long.MIN_VALUE;
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
    this.format = CopyBinary.of(codec);
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
    if (buffer.size() == 0) {
      format.begin(buffer);
    }
    format.write(row, number, buffer);
    noteMonth(row);
    rows++;
    meter.accept(1);
    if (buffer.size() >= BYTES_AT_ONCE) {
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
    buffer.clear();
    rows = 0;
    number = NUMBERS.nextLong();
    months.clear();
    lastDay = Long.MIN_VALUE;
  }

  private void noteMonth(T row) {
    if (dayField == NO_FIELD) {
      return;
    }
    long day = (Long) codec.get(row, dayField);
    if (day != lastDay) {
      lastDay = day;
      months.add(YearMonth.from(LocalDate.ofEpochDay(day)));
    }
  }

  private void flush() throws IOException {
    if (buffer.size() == 0) {
      return;
    }
    format.end(buffer);
    try {
      SharedConnections.use(area.database(), this::copy);
    } catch (SQLException e) {
      throw new IOException("cannot stage rows of " + table + ": " + SqlMessages.of(e), e);
    }
    buffer.clear();
  }

  /** The first to find that there is no table makes it. */
  private long copy(Connection connection) throws SQLException {
    try {
      return send(connection);
    } catch (SQLException e) {
      if (!NOT_THERE.contains(String.valueOf(e.getSQLState()))) {
        throw e;
      }
      area.create(connection, table.contract());
      return send(connection);
    }
  }

  private long send(Connection connection) throws SQLException {
    try {
      return connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "COPY "
                  + area.name(table.contract())
                  + " ("
                  + TableSql.list(format.columns(), SchemaNames::quoted)
                  + ", "
                  + quoted(StagingTables.BATCH)
                  + ") FROM STDIN (FORMAT binary)",
              buffer);
    } catch (IOException e) {
      throw new SQLException("COPY has broken off", e);
    }
  }
}
