package org.stripeanalytics.contract.rows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All Java sources that are written from the contracts: a class for the rows of each table and of
 * each record, and {@code Tables}.
 */
public final class RowClasses {
  /** In the order in which data flows; a folder each under {@code schemas/}. Staging has views. */
  private static final ImmutableList<String> LAYERS =
      ImmutableList.of(
          "raw",
          "seeds",
          "intermediate",
          "dimensions",
          "facts",
          "marts",
          "streaming",
          "ops",
          "truth");

  private static final String TABLES = "org.stripeanalytics.contract.Tables";

  private final List<RowClass> tables = new ArrayList<>();
  private final Map<String, RowClass> classes = new LinkedHashMap<>();

  private RowClasses() {}

  /**
   * @param schemas the folder of the contracts
   * @return the sources by qualified class name
   * @throws UnusableContractException if a contract describes no class, or two disagree about one
   */
  public static ImmutableSortedMap<String, String> from(Path schemas) throws IOException {
    RowClasses rows = new RowClasses();
    for (String layer : LAYERS) {
      for (Path file : contracts(schemas.resolve(layer))) {
        rows.add(ContractFile.read(file));
      }
    }
    Map<String, String> sources = new TreeMap<>();
    rows.classes.forEach((name, row) -> sources.put(name, row.source()));
    sources.put(TABLES, new TablesClass(rows.tables).source());
    return ImmutableSortedMap.copyOf(sources);
  }

  private void add(List<RowClass> described) {
    for (RowClass row : described) {
      RowClass other = classes.putIfAbsent(row.name().qualified(), row);
      if (other != null && !row.hasColumnsOf(other)) {
        throw new UnusableContractException(
            "%s and %s are both a %s, and have other columns"
                .formatted(row.origin(), other.origin(), row.name().qualified()));
      }
    }
    tables.add(described.get(described.size() - 1));
  }

  private static List<Path> contracts(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }
}
