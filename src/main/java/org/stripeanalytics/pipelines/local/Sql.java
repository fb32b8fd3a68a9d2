package org.stripeanalytics.pipelines.local;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.pipelines.WarehouseLocation;
import org.stripeanalytics.warehouse.QueryResult;
import org.stripeanalytics.warehouse.WarehouseException;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * The command {@code sql}: answers one read-only query, or prints the checksums of all tables. Two
 * warehouses with equal checksums have equal rows.
 */
final class Sql {
  static final String USAGE =
      """
      Usage: sql "SELECT …" [--format=table|csv|json] [--warehouse=PATH]
             sql --checksums [--without=column,column] [--format=…] [--warehouse=PATH]
      Tables are layer.table, as in marts.mrr_monthly; SELECT * FROM duckdb_tables() lists them.
      """;

  private static final ImmutableSet<String> OPTIONS =
      ImmutableSet.of("format", "warehouse", "checksums", "without", "help");

  private final Terminal terminal;

  Sql(Terminal terminal) {
    this.terminal = terminal;
  }

  int run(List<String> args) {
    Arguments arguments = Arguments.parse(args);
    arguments.allowOnly(OPTIONS);
    if (arguments.option("help").isPresent()) {
      terminal.answer(USAGE);
      return ExitStatus.DONE;
    }
    AnswerFormat format = AnswerFormat.named(arguments.option("format").orElse("table"));
    WarehouseLocation location =
        WarehouseLocation.parse(arguments.option("warehouse").orElse(WarehouseLocation.DEFAULT));
    boolean checksums = arguments.option("checksums").isPresent();
    if (arguments.words().size() != (checksums ? 0 : 1)) {
      throw new BadInput(
          checksums
              ? "--checksums takes no query"
              : "give one query, in quotes, as in sql \"SELECT count(*) FROM raw.customers\"");
    }
    DuckDbWarehouse warehouse = DuckDbWarehouse.openReadOnly(location.file());
    QueryResult answer =
        checksums
            ? checksums(warehouse, arguments.option("without").orElse(""))
            : answer(warehouse, arguments.words().get(0));
    terminal.answer(format.render(answer));
    return ExitStatus.DONE;
  }

  private static QueryResult answer(DuckDbWarehouse warehouse, String query) {
    try {
      return warehouse.query(query);
    } catch (WarehouseException e) {
      throw new BadInput(complaint(e.getMessage()));
    }
  }

  /**
   * What a database says of a query, on one line and without the picture of where it went wrong.
   */
  static String complaint(String message) {
    return message
        .lines()
        .takeWhile(line -> !line.startsWith("LINE "))
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(joining(" "));
  }

  private static QueryResult checksums(DuckDbWarehouse warehouse, String without) {
    ImmutableSet<String> leftOut =
        ImmutableSet.copyOf(Splitter.on(',').trimResults().omitEmptyStrings().split(without));
    return new QueryResult(
        ImmutableList.of("table", "rows", "checksum"),
        warehouse.checksums(leftOut).stream()
            .map(table -> List.<Object>of(table.table(), table.rows(), table.sum()))
            .collect(toImmutableList()));
  }
}
