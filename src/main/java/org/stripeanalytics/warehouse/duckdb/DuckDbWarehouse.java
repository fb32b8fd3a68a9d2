package org.stripeanalytics.warehouse.duckdb;

import static org.stripeanalytics.warehouse.ReportingZones.nameOf;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.StagingView;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.MappedRead;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.QueryResult;
import org.stripeanalytics.warehouse.ReadSplits;
import org.stripeanalytics.warehouse.RunChecksum;
import org.stripeanalytics.warehouse.TableChecksum;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.WarehouseException;

/**
 * The embedded warehouse: one DuckDB file, a schema per layer. Every operation opens the file and
 * closes it again, so between them other processes can look into it; a run holds it open.
 */
public final class DuckDbWarehouse implements Warehouse {
  static final String STAGING = ".staging-";

  private static final Logger LOG = LoggerFactory.getLogger(DuckDbWarehouse.class);

  private static final String ROW_HASH = "hash(" + RunChecksum.ROW + ")";

  private final DuckDbFile file;
  private final String reportingZone;
  private final Instant openedAt;

  /** Tables that were there when one was asked for; none is ever dropped. */
  private transient @Nullable ImmutableSet<String> stored;

  private DuckDbWarehouse(DuckDbFile file, String reportingZone, Instant openedAt) {
    this.file = file;
    this.reportingZone = reportingZone;
    this.openedAt = openedAt;
  }

  /**
   * A warehouse to write to. The file need not exist yet: {@link #createTables} makes it.
   *
   * @param reportingZone the zone whose days are the warehouse's days, fixed at its creation
   * @param clock says when the settings were written, if they are
   * @throws WarehouseException when the file is not or cannot become a warehouse of this zone, or
   *     another process has it open
   */
  public static DuckDbWarehouse open(Path path, ZoneId reportingZone, Clock clock) {
    DuckDbFile file = DuckDbFile.readWrite(path);
    file.checkReachable();
    if (Files.exists(path)) {
      StoredTables.in(file)
          .reportingZone()
          .filter(stored -> !nameOf(ZoneId.of(stored)).equals(nameOf(reportingZone)))
          .ifPresent(
              stored -> {
                throw new WarehouseException(
                    file
                        + " was created for the reporting zone "
                        + stored
                        + ", not "
                        + nameOf(reportingZone)
                        + "; give that zone, or another file");
              });
    }
    return new DuckDbWarehouse(file, nameOf(reportingZone), clock.instant());
  }

  /**
   * Opens a file before anything is known of it, so that looking at it and working on it open it
   * once. Where there is none, or it cannot be opened, nothing is held: whoever looks at it then
   * says why.
   */
  public static Hold holdIfPossible(Path path) {
    if (!Files.isRegularFile(path)) {
      return () -> {};
    }
    try {
      return DuckDbFile.readWrite(path).holdAtOnce();
    } catch (WarehouseException e) {
      LOG.debug("{} is not held open", path, e);
      return () -> {};
    }
  }

  /**
   * A finished warehouse to look into; several processes may at once.
   *
   * @throws WarehouseException when the file is not a warehouse, or another process writes to it
   */
  public static DuckDbWarehouse openReadOnly(Path path) {
    return finished(DuckDbFile.readOnly(path));
  }

  /** The same, to be written from into one directory. */
  static DuckDbWarehouse openForExport(Path path, Path directory) {
    return finished(DuckDbFile.forExport(path, directory));
  }

  private static DuckDbWarehouse finished(DuckDbFile file) {
    file.checkReachable();
    String zone =
        StoredTables.in(file)
            .reportingZone()
            .orElseThrow(
                () ->
                    new WarehouseException(
                        file + " holds no tables; give the path of a finished warehouse"));
    return new DuckDbWarehouse(file, zone, Instant.EPOCH);
  }

  public Path path() {
    return file.path();
  }

  @Override
  public boolean exists() {
    return Files.exists(path());
  }

  public ZoneId reportingZone() {
    return ZoneId.of(reportingZone);
  }

  @Override
  public void createTables() {
    if (file.isComplete()) {
      return;
    }
    try (Connection connection = file.connect();
        Statement statement = connection.createStatement()) {
      Set<String> existing = StoredTables.in(connection).names();
      statement.execute("BEGIN TRANSACTION");
      for (Layer layer : Layer.values()) {
        statement.execute("CREATE SCHEMA IF NOT EXISTS " + TableSql.quoted(layer.id()));
      }
      TableGrowth growth = TableGrowth.of(connection);
      for (WarehouseTable<?> table : Tables.all()) {
        List<String> changes =
            existing.contains(table.name())
                ? growth.statements(table.contract())
                : TableSql.create(table.contract());
        if (!changes.isEmpty()) {
          // One call per table: run singly, half the cost of the 1,600 statements is call overhead.
          statement.execute(String.join(";\n", changes));
        }
      }
      for (StagingView view : StagingView.all()) {
        List<String> changes = growth.statements(view, existing.contains(view.name()));
        if (!changes.isEmpty()) {
          statement.execute(String.join(";\n", changes));
        }
      }
      if (!existing.contains(Tables.WAREHOUSE_SETTINGS.name())) {
        statement.execute(StoredTables.insertReportingZone(reportingZone, openedAt));
      }
      try (LockFile.Hold unused = file.holdBytes()) {
        statement.execute("COMMIT");
      }
      file.complete();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create the tables of " + file, e);
    }
  }

  @Override
  public <T> PTransform<PBegin, PCollection<T>> read(TableRead<T> read) {
    return ReadRows.of(file, read);
  }

  @Override
  public <E> PTransform<PBegin, PCollection<E>> readAll(
      ImmutableList<MappedRead<?, E>> reads, Coder<E> coder) {
    // Of one table a source of its own has fewer steps.
    return reads.size() == 1
        ? Warehouse.super.readAll(reads, coder)
        : new ReadSplits<>(new RowRanges(file), reads, coder);
  }

  @Override
  public boolean findsByKey() {
    return true;
  }

  @Override
  public boolean mayHold(TableRead<?> read) {
    if (!exists()) {
      return false;
    }
    String table = read.table().name();
    String rows = table + read.condition().map(condition -> " WHERE " + condition).orElse("");
    try (Hold unused = holdOpen()) {
      return isStored(table) && (Boolean) query("SELECT EXISTS (FROM " + rows + ")").value();
    }
  }

  private synchronized boolean isStored(String table) {
    if (stored == null || !stored.contains(table)) {
      stored = StoredTables.in(file).names();
    }
    return stored.contains(table);
  }

  @Override
  public Publication publication(String runId, DataInterval interval, Instant ingestedAt) {
    return new DuckDbPublication(
        new PublishTransaction(file, runId, interval, ingestedAt), stagingArea(runId));
  }

  @Override
  public List<String> differences(WarehouseTable<?> table) {
    try (Connection connection = file.connect()) {
      return StoredColumns.differences(connection, table.contract());
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look at the columns of " + table, e);
    }
  }

  @Override
  public Publication mergingPublication(String runId, Instant ingestedAt) {
    return new DuckDbPublication(
        new PublishTransaction(file, runId, null, ingestedAt), stagingArea(runId));
  }

  @Override
  public <T> void append(WarehouseTable<T> table, List<T> rows, String runId, Instant ingestedAt) {
    new AppendRows(
            new PublishTransaction(file, runId, null, ingestedAt),
            // Not the run's own: that may hold what is not published yet.
            stagingArea(runId + "-" + table.name()))
        .to(table, rows);
  }

  @Override
  public String checksum(WarehouseTable<?> table, String runId, @Nullable DataInterval interval) {
    String sql = RunChecksum.sql(table.contract(), runId, interval, ROW_HASH);
    return (String) query(sql).value();
  }

  /**
   * {@inheritDoc}
   *
   * @throws WarehouseException when it is anything else, or DuckDB cannot answer it
   */
  @Override
  public QueryResult query(String sql) {
    try (Connection connection = file.connect();
        Statement transaction = connection.createStatement()) {
      file.stopStreaming(transaction);
      AskedQuery.check(connection, sql);
      transaction.execute("BEGIN TRANSACTION READ ONLY");
      return QueryAnswer.of(connection, sql);
    } catch (SQLException e) {
      throw new WarehouseException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Opening reads the whole catalogue of the file, which further connections share. */
  @Override
  public Hold holdOpen() {
    return file.hold();
  }

  /** Builds the whole warehouse anew beside this one, which stays as it is until the end. */
  public WarehouseReplacement replacement() {
    return WarehouseReplacement.of(this);
  }

  /**
   * Goes on building where a replacement that was kept has ended.
   *
   * @throws WarehouseException when nothing is left of it
   */
  public WarehouseReplacement resumedReplacement() {
    return WarehouseReplacement.resumed(this);
  }

  @Override
  public ImmutableList<TableChecksum> checksums(Set<String> leftOutColumns) {
    return StoredChecksums.of(file, TableChecksum.tables(), leftOutColumns);
  }

  TableChecksum checksum(WarehouseTable<?> table, Set<String> leftOutColumns) {
    return StoredChecksums.of(file, ImmutableList.of(table), leftOutColumns).get(0);
  }

  DuckDbFile file() {
    return file;
  }

  boolean hasAllTables() {
    ImmutableSet<String> names = StoredTables.in(file).names();
    return Tables.all().stream().allMatch(table -> names.contains(table.name()));
  }

  /** A warehouse of the same zone in another file, which is not looked at. */
  DuckDbWarehouse at(Path path) {
    return new DuckDbWarehouse(DuckDbFile.readWrite(path), reportingZone, openedAt);
  }

  /** Where a run's rows wait to be published. */
  Path stagingArea(String runId) {
    return Path.of(file + STAGING + runId);
  }
}
