package org.stripeanalytics.warehouse.duckdb;

import static org.stripeanalytics.warehouse.duckdb.TableSql.list;
import static org.stripeanalytics.warehouse.duckdb.TableSql.literal;
import static org.stripeanalytics.warehouse.duckdb.TableSql.quoted;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.warehouse.PublishSql;
import org.stripeanalytics.warehouse.PublishedTable;
import org.stripeanalytics.warehouse.RestatementSql;
import org.stripeanalytics.warehouse.Restating;

/**
 * Replaces what a run owns of several tables by what it has staged for them, in one transaction:
 * either all of it is visible afterwards or nothing has changed.
 *
 * @param interval what the run owns; null if it merges into what the tables hold
 */
record PublishTransaction(
    DuckDbFile file, String runId, @Nullable DataInterval interval, Instant ingestedAt)
    implements Serializable {

  /**
   * @param staged the tables to publish, each with its staged files; none empties what the run owns
   * @throws IllegalStateException when the database says no, or finds other rows in the files than
   *     were written into them
   */
  List<PublishedTable> publish(Map<WarehouseTable<?>, StagedFiles> staged) throws IOException {
    return publish(staged, null);
  }

  /**
   * Likewise, and lists the published figures that change.
   *
   * @param restating how the run differs from earlier ones; null if they are not to be listed
   */
  List<PublishedTable> publish(
      Map<WarehouseTable<?>, StagedFiles> staged, @Nullable Restating restating)
      throws IOException {
    try (Connection connection = file.connect();
        Statement statement = connection.createStatement()) {
      // Closing the connection before the commit takes everything back.
      statement.execute("BEGIN TRANSACTION");
      if (restating != null) {
        restatements(restating).run(statement, marts(staged));
      }
      ImmutableList.Builder<PublishedTable> published = ImmutableList.builder();
      for (Map.Entry<WarehouseTable<?>, StagedFiles> table : staged.entrySet()) {
        PublishedTable result =
            sql(table.getKey().contract(), table.getValue())
                .run(statement, table.getValue().rows());
        published.add(result.withBytes(table.getValue().bytes()));
      }
      // Until now nothing was written where committed data is; whoever copies the file may finish.
      try (LockFile.Hold unused = file.holdBytes()) {
        statement.execute("COMMIT");
      }
      return published.build();
    } catch (SQLException e) {
      throw new IllegalStateException("run " + runId + " could not publish to " + file, e);
    }
  }

  private RestatementSql restatements(Restating restating) {
    return new RestatementSql(
        restating,
        TableSql::name,
        "\"",
        "VARCHAR",
        ingestedAtSql() + ", " + literal(runId),
        interval);
  }

  private List<RestatementSql.Mart> marts(Map<WarehouseTable<?>, StagedFiles> staged) {
    return staged.entrySet().stream()
        .map(
            table ->
                new RestatementSql.Mart(
                    table.getKey().contract(),
                    table.getValue().rows() == 0
                        ? null
                        : rows(table.getKey().contract(), table.getValue().paths())))
        .toList();
  }

  private PublishSql sql(Contract contract, StagedFiles files) {
    return new PublishSql(
        contract, TableSql.name(contract), rows(contract, files.paths()), interval);
  }

  private String rows(Contract contract, List<String> files) {
    var staged =
        contract.columns().stream()
            .filter(column -> !Contract.STAMPED_COLUMNS.contains(column.getName()))
            .toList();
    return "SELECT "
        + list(contract.columns(), this::value)
        + " FROM read_json(["
        + list(files, TableSql::literal)
        + "], format = 'newline_delimited', columns = {"
        + list(staged, c -> quoted(c.getName()) + ": " + literal(TableSql.stagedType(c)))
        + "}) AS staged_rows";
  }

  private String value(TableFieldSchema column) {
    return switch (column.getName()) {
      case "_ingested_at" -> ingestedAtSql() + " AS _ingested_at";
      case "_run_id" -> literal(runId) + " AS _run_id";
      default ->
          TableSql.fromStaged(column, "staged_rows." + quoted(column.getName()))
              + " AS "
              + quoted(column.getName());
    };
  }

  private String ingestedAtSql() {
    return "make_timestamp(" + EpochMicros.of(ingestedAt) + ")";
  }
}
