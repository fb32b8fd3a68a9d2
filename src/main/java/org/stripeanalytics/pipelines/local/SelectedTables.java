package org.stripeanalytics.pipelines.local;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.pipelines.BadInput;

/** The tables that a person names, by layer or one by one. */
final class SelectedTables {

  /**
   * Reads names of layers and tables, separated by commas; without any, all that do not describe
   * runs.
   *
   * @return in the order of the layers, each once
   * @throws BadInput when there is no such layer or table
   */
  static ImmutableList<WarehouseTable<?>> of(Optional<String> given) {
    if (given.isEmpty()) {
      return Tables.all().stream()
          .filter(table -> table.contract().layer().isReproducible())
          .collect(toImmutableList());
    }
    List<WarehouseTable<?>> named =
        Splitter.on(',')
            .trimResults()
            .splitToStream(given.get())
            .flatMap(SelectedTables::named)
            .toList();
    return Tables.all().stream().filter(named::contains).collect(toImmutableList());
  }

  private static Stream<WarehouseTable<?>> named(String name) {
    List<WarehouseTable<?>> named =
        Tables.all().stream()
            .filter(table -> table.name().equals(name) || layer(table).equals(name))
            .toList();
    if (named.isEmpty()) {
      throw new BadInput("--tables=%s is not known; allowed are %s".formatted(name, allowed(name)));
    }
    return named.stream();
  }

  /** The tables of the layer if that much is right, else the layers. */
  private static String allowed(String name) {
    String layer = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    String tables =
        Tables.all().stream()
            .filter(table -> layer(table).equals(layer))
            .map(WarehouseTable::name)
            .collect(joining(", "));
    return tables.isEmpty()
        ? "the layers "
            + Tables.all().stream().map(SelectedTables::layer).distinct().collect(joining(", "))
            + ", and their tables, such as marts.mrr_monthly"
        : tables;
  }

  private static String layer(WarehouseTable<?> table) {
    return table.contract().layer().id();
  }

  private SelectedTables() {}
}
