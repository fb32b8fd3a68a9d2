package org.stripeanalytics.warehouse.postgresql;

import static com.google.common.base.Preconditions.checkState;
import static org.stripeanalytics.warehouse.postgresql.SchemaNames.literal;
import static org.stripeanalytics.warehouse.postgresql.SchemaNames.quoted;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.ListMultimap;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Ownership;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.PublishSql;
import org.stripeanalytics.warehouse.PublishedTable;
import org.stripeanalytics.warehouse.RestatementSql;
import org.stripeanalytics.warehouse.Restating;
import org.stripeanalytics.warehouse.StagedPublication;
import org.stripeanalytics.warehouse.StagedRows;

/**
 * Replaces what a run owns of several tables by what it has staged for them, in one transaction,
 * while no other run publishes: either all of it is visible afterwards or nothing has changed.
 * Readers see the one or the other and never wait: rows give way by DELETE, not TRUNCATE, which a
 * reader would see too early.
 *
 * <p>Tables and partitions are made before the transaction: an empty partition is no news, and a
 * transaction that made hundreds of them would need more locks than a server has by default.
 */
record PublishStaged(StagingTables area, ContractTables tables)
    implements StagedPublication.Publisher {

  @Override
  public List<PublishedTable> publish(
      List<WarehouseTable<?>> loaded, List<StagedRows> staged, @Nullable Restating restating)
      throws IOException {
    ListMultimap<String, BatchLocation> batches = ArrayListMultimap.create();
    Map<String, Long> rows = new HashMap<>();
    for (StagedRows batch : staged) {
      batches.put(batch.getTable(), BatchLocation.parse(batch.getLocation()));
      rows.merge(batch.getTable(), batch.getRows(), Long::sum);
    }
    List<Contract> contracts =
        loaded.stream().map(WarehouseTable::contract).collect(ImmutableList.toImmutableList());
    try (Connection connection = area.database().connect()) {
      tables.createAll(connection);
      try {
        Set<Contract> inMonths = inMonths(connection, contracts);
        new MissingPartitions(area.database(), tables)
            .make(
                connection,
                months(
                    contracts.stream().filter(contract -> !inMonths.contains(contract)).toList(),
                    batches));
        return replace(connection, contracts, inMonths, batches, rows, restating);
      } finally {
        connection.setAutoCommit(true);
        area.drop(connection, contracts);
      }
    } catch (SQLException e) {
      throw new IOException(
          "cannot publish to %s: %s".formatted(area.database(), SqlMessages.of(e)), e);
    }
  }

  /** Those whose staged rows may become the table's. */
  private Set<Contract> inMonths(Connection connection, List<Contract> contracts)
      throws SQLException {
    Set<Contract> inMonths = new HashSet<>();
    try (Statement statement = connection.createStatement()) {
      for (Contract contract : contracts) {
        if (new StagedMonths(area, contract).exist(statement)) {
          inMonths.add(contract);
        }
      }
    }
    return inMonths;
  }

  private ListMultimap<Contract, YearMonth> months(
      List<Contract> contracts, ListMultimap<String, BatchLocation> batches) {
    ListMultimap<Contract, YearMonth> months = ArrayListMultimap.create();
    for (Contract contract : contracts) {
      months.putAll(
          contract,
          batches.get(contract.name()).stream()
              .flatMap(batch -> batch.months().stream())
              .collect(ImmutableSortedSet.toImmutableSortedSet(YearMonth::compareTo)));
    }
    return months;
  }

  private List<PublishedTable> replace(
      Connection connection,
      List<Contract> contracts,
      Set<Contract> inMonths,
      ListMultimap<String, BatchLocation> batches,
      Map<String, Long> rows,
      @Nullable Restating restating)
      throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      tables.lock(statement);
      if (restating != null) {
        restatements(restating).run(statement, marts(contracts, batches));
      }
      Map<Contract, PublishedTable> published = new LinkedHashMap<>();
      contracts.forEach(contract -> published.put(contract, PublishedTable.of(contract.name(), 0)));
      // Readers wait for those in months, so they are the last.
      for (Contract contract :
          contracts.stream().sorted(Comparator.comparing(inMonths::contains)).toList()) {
        long staged = rows.getOrDefault(contract.name(), 0L);
        long bytes = bytes(statement, contract, staged);
        PublishedTable result =
            inMonths.contains(contract)
                ? attach(connection, contract, batches, staged)
                : replace(statement, contract, batches.get(contract.name()), staged);
        published.put(contract, result.withBytes(bytes));
      }
      connection.commit();
      return ImmutableList.copyOf(published.values());
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    }
  }

  private PublishedTable attach(
      Connection connection,
      Contract contract,
      ListMultimap<String, BatchLocation> batches,
      long staged)
      throws SQLException {
    ListMultimap<Contract, YearMonth> months = months(List.of(contract), batches);
    List<BatchLocation> ofTable = batches.get(contract.name());
    if (new StagedMonths(area, contract)
        .attach(connection, months.get(contract), isOf(ofTable), staged)) {
      return PublishedTable.of(contract.name(), staged);
    }
    try (Statement statement = connection.createStatement()) {
      new MissingPartitions(area.database(), tables).makeWithin(statement, months);
      return replace(statement, contract, ofTable, staged);
    }
  }

  private PublishedTable replace(
      Statement statement, Contract contract, List<BatchLocation> batches, long staged)
      throws SQLException {
    if (contract.ownership() == Ownership.LATEST) {
      // All others count as they insert; an upsert by the later day passes over some.
      checkStaged(statement, contract, batches, staged);
    }
    try {
      return sql(contract, batches).run(statement, staged);
    } catch (IllegalStateException e) {
      checkStaged(statement, contract, batches, staged);
      throw e;
    }
  }

  /** A server that has crashed since then has emptied the staging tables, which are unlogged. */
  private void checkStaged(
      Statement statement, Contract contract, List<BatchLocation> batches, long staged)
      throws SQLException {
    if (staged == 0) {
      return;
    }
    try (ResultSet count = statement.executeQuery("SELECT count(*)" + from(contract, batches))) {
      count.next();
      checkState(
          count.getLong(1) == staged,
          "%s rows of %s were staged, and %s are left; has the server crashed? Run it again",
          staged,
          contract.name(),
          count.getLong(1));
    }
  }

  private RestatementSql restatements(Restating restating) {
    return new RestatementSql(
        restating,
        tables.names()::table,
        "\"",
        "text",
        "TIMESTAMP " + literal(area.ingestedAt()) + ", " + literal(area.runId()),
        area.interval());
  }

  private List<RestatementSql.Mart> marts(
      List<Contract> contracts, ListMultimap<String, BatchLocation> batches) {
    return contracts.stream()
        .map(
            contract ->
                new RestatementSql.Mart(
                    contract,
                    batches.containsKey(contract.name())
                        ? rows(contract, batches.get(contract.name()))
                        : null))
        .toList();
  }

  private String rows(Contract contract, List<BatchLocation> batches) {
    return "SELECT " + TableSql.list(contract.columns(), this::value) + from(contract, batches);
  }

  private PublishSql sql(Contract contract, List<BatchLocation> batches) {
    return new PublishSql(
        contract, tables.names().table(contract), rows(contract, batches), area.interval());
  }

  private long bytes(Statement statement, Contract contract, long staged) throws SQLException {
    if (staged == 0) {
      return 0;
    }
    try (ResultSet size =
        statement.executeQuery(
            """
            SELECT pg_total_relation_size(%1$s::regclass) + coalesce(sum(pg_total_relation_size(inhrelid)), 0)
            FROM pg_inherits WHERE inhparent = %1$s::regclass
            """
                .formatted(literal(area.name(contract))))) {
      size.next();
      return size.getLong(1);
    }
  }

  private String from(Contract contract, List<BatchLocation> batches) {
    return " FROM " + area.name(contract) + " AS staged_rows WHERE " + isOf(batches);
  }

  private static String isOf(List<BatchLocation> batches) {
    return StagingTables.BATCH
        + " = ANY ('{"
        + TableSql.list(batches, batch -> Long.toString(batch.number()))
        + "}'::bigint[])";
  }

  private String value(TableFieldSchema column) {
    return switch (column.getName()) {
      case "_ingested_at" -> "TIMESTAMP " + literal(area.ingestedAt()) + " AS _ingested_at";
      case "_run_id" -> literal(area.runId()) + "::text AS _run_id";
      default -> "staged_rows." + quoted(column.getName()) + " AS " + quoted(column.getName());
    };
  }
}
