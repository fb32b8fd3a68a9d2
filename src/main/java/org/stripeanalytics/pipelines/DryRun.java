package org.stripeanalytics.pipelines;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.WarehouseException;

/**
 * What {@code --dryRun} answers: the tables that a run would read and publish, which days of them,
 * and how many rows those have now. That is what a run over them reads exactly, and about what it
 * publishes when it has been run before. Nothing is changed.
 */
final class DryRun {

  /**
   * Describes what a built graph would do.
   *
   * @param reads the tables that the manifest names, for a graph that shows none: it asks the
   *     warehouse in SQL instead of reading rows
   */
  static String of(Pipeline built, List<String> reads, RunOptions options) {
    ImmutableList<TableUse> found = TableUse.in(built);
    List<TableUse> uses =
        found.stream().allMatch(TableUse::writes)
            ? Stream.concat(
                    reads.stream().map(name -> TableUse.ofWhole(Tables.named(name))),
                    found.stream())
                .toList()
            : found;
    return describe(uses, rows(uses, OptionsView.of(options, WarehouseOptions.class), options));
  }

  private static String describe(List<TableUse> uses, Map<TableUse, Long> rows) {
    int width = uses.stream().mapToInt(use -> use.table().name().length()).max().orElse(0);
    return uses.stream()
        .map(
            use ->
                String.format(
                    Locale.ROOT,
                    "  %-6s %-" + width + "s  %11s rows  %s%n",
                    use.writes() ? "writes" : "reads",
                    use.table().name(),
                    rows.containsKey(use) ? String.format(Locale.ROOT, "%,d", rows.get(use)) : "?",
                    use.part()))
        .collect(joining());
  }

  /** The rows that there are now; of a warehouse that cannot be asked, nothing. */
  private static Map<TableUse, Long> rows(
      List<TableUse> uses, WarehouseOptions options, RunOptions run) {
    Map<TableUse, Long> rows = new HashMap<>();
    if (WarehouseLocation.parse(options.getWarehouse()) instanceof WarehouseLocation.DuckDb local
        && !Files.exists(local.file())) {
      return rows;
    }
    try {
      Warehouse warehouse = WarehouseOptions.open(options, RunOptions.clock(run));
      List<List<Object>> counted = warehouse.query(counts(uses)).rows();
      counted.forEach(row -> rows.put(uses.get(((Long) row.get(0)).intValue()), (Long) row.get(1)));
    } catch (WarehouseException | UncheckedIOException e) {
      // A first run has no tables yet. The graph is described all the same, with question marks.
      rows.clear();
    }
    return rows;
  }

  private static String counts(List<TableUse> uses) {
    return Stream.iterate(0, i -> i < uses.size(), i -> i + 1)
        .map(i -> "SELECT " + i + " AS use, count(*) AS n FROM " + source(uses.get(i)))
        .collect(joining(" UNION ALL "));
  }

  private static String source(TableUse use) {
    return use.table().name() + use.condition().map(rows -> " WHERE " + rows).orElse("");
  }

  private DryRun() {}
}
