package org.stripeanalytics.quality;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.stripeanalytics.contract.Severity;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.ops.QualityResult;
import org.stripeanalytics.quality.DataTest.Rule;
import org.stripeanalytics.warehouse.QueryResult;
import org.stripeanalytics.warehouse.Warehouse;

/** Asks a warehouse the data tests of one table, and for examples where one fails. */
final class TableTests {
  private static final int SAMPLES = 5;

  private final Warehouse warehouse;
  private final LocalDate asOf;

  TableTests(Warehouse warehouse, LocalDate asOf) {
    this.warehouse = warehouse;
    this.asOf = asOf;
  }

  /** One result per test. A table that differs from its contract is not asked anything else. */
  List<QualityResult> run(WarehouseTable<?> table, OptionalLong usualRows) {
    List<String> differences = warehouse.differences(table);
    List<QualityResult> results = new ArrayList<>();
    results.add(schema(table, differences));
    if (differences.isEmpty()) {
      TableScan scan = ContractTests.scan(table.contract(), asOf, usualRows);
      QueryResult answer = warehouse.query(scan.sql());
      long rows = number(answer, 0);
      for (int i = 0; i < scan.tests().size(); i++) {
        results.add(result(scan.tests().get(i), number(answer, i + 1), rows));
      }
      for (DataTest identity : ContractTests.identities(table.contract())) {
        String count = "SELECT COUNT(*) FROM (" + identity.failing() + ") AS failing";
        results.add(result(identity, number(warehouse.query(count), 0), rows));
      }
    }
    return results;
  }

  private QualityResult schema(WarehouseTable<?> table, List<String> differences) {
    DataTest test =
        new DataTest(
            table.name(),
            Rule.SCHEMA,
            "columns",
            Severity.ERROR,
            "the columns are those of the contract, with their types",
            "");
    return row(test, differences.size(), 0, ImmutableList.copyOf(differences));
  }

  private QualityResult result(DataTest test, long failing, long rows) {
    if (failing == 0) {
      return row(test, failing, rows, List.of());
    }
    return row(notDelivered(test).orElse(test), failing, rows, samples(test));
  }

  /** The same test where a table that it needs has no rows: the source has not delivered them. */
  private Optional<DataTest> notDelivered(DataTest test) {
    return test.needs().stream()
        .filter(this::isEmpty)
        .findFirst()
        .map(
            table ->
                new DataTest(
                    test.table(),
                    test.rule(),
                    test.target(),
                    Severity.WARN,
                    test.description() + "; not delivered: " + table + " has no rows",
                    test.failing(),
                    test.needs()));
  }

  private boolean isEmpty(String table) {
    String any = "SELECT COUNT(*) FROM (SELECT 1 AS found FROM %s AS t LIMIT 1) AS rows_there";
    return number(warehouse.query(any.formatted(table)), 0) == 0;
  }

  private List<String> samples(DataTest test) {
    QueryResult answer =
        warehouse.query("SELECT * FROM (" + test.failing() + ") AS failing LIMIT " + SAMPLES);
    return answer.rows().stream().map(row -> sample(answer.columns(), row)).toList();
  }

  private static String sample(List<String> columns, List<Object> row) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> columns.get(i) + "=" + row.get(i))
        .collect(joining(" "));
  }

  private QualityResult row(DataTest test, long failing, long rows, List<String> samples) {
    return QualityResult.builder()
        .setTableName(test.table())
        .setRule(test.rule().name().toLowerCase(Locale.ROOT))
        .setTarget(test.target())
        .setSeverity(test.severity().name().toLowerCase(Locale.ROOT))
        .setDescription(test.description())
        .setPassed(failing == 0)
        .setFailingCount(failing)
        .setRowCount(rows)
        .setSampleKeys(samples)
        .setFailingSql(test.failing())
        .setAsOf(asOf)
        .build();
  }

  /** A sum is a wide integer in DuckDB. */
  private static long number(QueryResult answer, int column) {
    return ((Number) answer.rows().get(0).get(column)).longValue();
  }
}
