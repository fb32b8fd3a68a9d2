package org.stripeanalytics.warehouse.duckdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.StagedRows;
import org.stripeanalytics.warehouse.TestedWarehouse;
import org.stripeanalytics.warehouse.Warehouse;

/** DuckDB, held to the contract of all warehouses. */
final class TestedDuckDb implements TestedWarehouse {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2024-06-01T00:00:00Z"), ZoneOffset.UTC);

  private DuckDbWarehouse warehouse;

  @Override
  public Warehouse start(Path directory) {
    warehouse = DuckDbWarehouse.open(directory.resolve("stripe.duckdb"), ZoneId.of("UTC"), CLOCK);
    return warehouse;
  }

  @Override
  public Warehouse startWithTables(Path directory) {
    warehouse = EmptyWarehouses.at(directory.resolve("stripe.duckdb"), ZoneId.of("UTC"), CLOCK);
    return warehouse;
  }

  @Override
  public boolean leavesOutOlder() {
    return true;
  }

  @Override
  public boolean looksAtWhatItHolds() {
    return true;
  }

  @Override
  public Publication failingAt(
      WarehouseTable<?> broken, String runId, DataInterval interval, Instant ingestedAt) {
    return new DuckDbPublication(
        new PublishTransaction(warehouse.file(), runId, interval, ingestedAt),
        warehouse.stagingArea(runId)) {
      @Override
      protected <T> PTransform<PCollection<T>, PCollection<StagedRows>> stage(
          WarehouseTable<T> table) {
        PTransform<PCollection<T>, PCollection<StagedRows>> stage = super.stage(table);
        return table.equals(broken) ? new CorruptedStage<>(stage) : stage;
      }
    };
  }

  @Override
  public void makeEarlier(WarehouseTable<?> table, List<TableFieldSchema> columns) {
    String former = table.name().replace(table.contract().table(), "former");
    try (Connection connection = warehouse.file().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE " + table.name() + " RENAME TO former");
      statement.execute(
          "CREATE TABLE "
              + table.name()
              + " ("
              + TableSql.list(
                  columns,
                  c ->
                      TableSql.quoted(c.getName())
                          + " "
                          + TableSql.type(c)
                          + ("NULLABLE".equals(c.getMode()) ? "" : " NOT NULL"))
              + ")");
      statement.execute(
          "INSERT INTO "
              + table.name()
              + " BY NAME SELECT "
              + TableSql.list(columns, c -> TableSql.quoted(c.getName()))
              + " FROM "
              + former);
      statement.execute("DROP TABLE " + former);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Map<String, String> descriptions(WarehouseTable<?> table) {
    String name = table.name();
    String condition =
        " WHERE schema_name || '.' || table_name = '" + name + "' AND comment IS NOT NULL";
    return warehouse
        .query(
            "SELECT column_name, comment FROM duckdb_columns()"
                + condition
                + " UNION ALL SELECT '"
                + name
                + "', comment FROM duckdb_tables()"
                + condition)
        .rows()
        .stream()
        .collect(toMap(row -> (String) row.get(0), row -> (String) row.get(1)));
  }

  /** Stages well and then breaks every file. */
  private static final class CorruptedStage<T>
      extends PTransform<PCollection<T>, PCollection<StagedRows>> {
    private final PTransform<PCollection<T>, PCollection<StagedRows>> stage;

    private CorruptedStage(PTransform<PCollection<T>, PCollection<StagedRows>> stage) {
      this.stage = stage;
    }

    @Override
    public PCollection<StagedRows> expand(PCollection<T> rows) {
      return rows.apply("StageWell", stage).apply("Corrupt", MapElements.via(new Corrupt()));
    }
  }

  private static final class Corrupt extends SimpleFunction<StagedRows, StagedRows> {
    @Override
    public StagedRows apply(StagedRows staged) {
      try {
        Files.write(Path.of(staged.getLocation()), "{\"currency\": broken".getBytes(UTF_8));
        return staged;
      } catch (IOException e) {
        throw new IllegalStateException("cannot break " + staged, e);
      }
    }
  }
}
