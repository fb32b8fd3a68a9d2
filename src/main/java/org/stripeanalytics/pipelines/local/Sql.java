package org.stripeanalytics.pipelines.local;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.time.Clock;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.pipelines.WarehouseLocation;
import org.stripeanalytics.pipelines.WarehouseOptions;
import org.stripeanalytics.warehouse.QueryResult;
import org.stripeanalytics.warehouse.TableChecksum;
import org.stripeanalytics.warehouse.Warehouse;
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
             sql "SELECT …" --warehouse=bigquery:PROJECT[.PREFIX] [--warehouseRegion=US]
             sql "SELECT …" --warehouse=postgresql://USER@HOST/DATABASE [--warehousePassword=env:NAME]
             sql --checksums [--without=column,column] [--format=…] [--warehouse=…]
      Tables are layer.table, as in marts.mrr_monthly, whatever the prefix.
      SELECT * FROM duckdb_tables() lists those of a file.
      """;

  private static final ImmutableSet<String> OPTIONS =
      ImmutableSet.of(
          "format",
          "warehouse",
          "warehouseRegion",
          "warehousePassword",
          "checksums",
          "without",
          "help");

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
    String location = arguments.option("warehouse").orElse(WarehouseLocation.DEFAULT);
    boolean checksums = arguments.option("checksums").isPresent();
    if (arguments.words().size() != (checksums ? 0 : 1)) {
      throw new BadInput(
          checksums
              ? "--checksums takes no query"
              : "give one query, in quotes, as in sql \"SELECT count(*) FROM raw.customers\"");
    }
    ImmutableSet<String> leftOut = leftOut(arguments, checksums);
    QueryResult answer =
        checksums
            ? checksums(open(location, arguments), leftOut)
            : answer(open(location, arguments), arguments.words().get(0));
    terminal.answer(format.render(answer));
    return ExitStatus.DONE;
  }

  /** A finished warehouse to look into. */
  static Warehouse open(String location, Arguments arguments) {
    if (!(WarehouseLocation.parse(location) instanceof WarehouseLocation.DuckDb)) {
      WarehouseOptions options = PipelineOptionsFactory.as(WarehouseOptions.class);
      options.setWarehouse(location);
      arguments.option("warehouseRegion").ifPresent(options::setWarehouseRegion);
      arguments.option("warehousePassword").ifPresent(options::setWarehousePassword);
      return WarehouseOptions.open(options, Clock.systemUTC());
    }
    return DuckDbWarehouse.openReadOnly(WarehouseLocation.parseLocal(location).file());
  }

  private static QueryResult answer(Warehouse warehouse, String query) {
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

  /**
   * The columns that checksums leave out.
   *
   * @throws BadInput when they have no such columns
   */
  private static ImmutableSet<String> leftOut(Arguments arguments, boolean checksums) {
    String given = arguments.option("without").orElse("");
    if (!checksums && !given.isEmpty()) {
      throw new BadInput("--without=" + given + " goes with --checksums");
    }
    ImmutableSet<String> names =
        ImmutableSet.copyOf(Splitter.on(',').trimResults().omitEmptyStrings().split(given));
    ImmutableSet<String> unknown =
        ImmutableSet.copyOf(Sets.difference(names, TableChecksum.columns()));
    if (!unknown.isEmpty()) {
      throw new BadInput(
          "--without="
              + given
              + " names no column of any table outside ops: "
              + String.join(", ", unknown)
              + "; allowed are columns as in schemas/, separated by commas");
    }
    return names;
  }

  private static QueryResult checksums(Warehouse warehouse, ImmutableSet<String> leftOut) {
    return new QueryResult(
        ImmutableList.of("table", "rows", "checksum"),
        warehouse.checksums(leftOut).stream()
            .map(table -> List.<Object>of(table.table(), table.rows(), table.sum()))
            .collect(toImmutableList()));
  }
}
