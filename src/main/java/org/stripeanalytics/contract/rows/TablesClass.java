package org.stripeanalytics.contract.rows;

import static java.util.stream.Collectors.joining;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The class {@code Tables}: a constant for each contract. */
final class TablesClass {
  private final List<RowClass> tables;

  /**
   * @param tables the classes of their rows, in the order of {@code Tables.all()}
   */
  TablesClass(List<RowClass> tables) {
    this.tables = tables;
  }

  String source() {
    return """
        package org.stripeanalytics.contract;

        import com.google.common.collect.ImmutableList;
        import javax.annotation.processing.Generated;
        %s
        /** Every table of the warehouse: one for each file under {@code schemas/}. */
        @Generated("%s")
        public final class Tables {
        %s
          private static final ImmutableList<WarehouseTable<?>> ALL =
              ImmutableList.of(
                  %s);

          /** All of them, by layer in the order of the data flow, and by name. */
          public static ImmutableList<WarehouseTable<?>> all() {
            return ALL;
          }

          /**
           * @param name {@code layer.table}
           * @throws IllegalArgumentException when there is no such table
           */
          public static WarehouseTable<?> named(String name) {
            return ALL.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no table " + name));
          }

          private Tables() {}
        }
        """
        .formatted(imports(), TablesClass.class.getName(), constants(), names());
  }

  private String imports() {
    TreeSet<String> imports = new TreeSet<>();
    tables.forEach(table -> imports.add(table.name().qualified()));
    return imports.stream().map("import %s;\n"::formatted).collect(joining());
  }

  private String constants() {
    Set<String> taken = new HashSet<>();
    StringBuilder constants = new StringBuilder();
    for (RowClass table : tables) {
      constants.append(
          """
          %s
            public static final WarehouseTable<%s> %s =
                WarehouseTable.of("%s", %s.class);

          """
              .formatted(
                  Javadoc.comment(Javadoc.escaped(table.description()), "  "),
                  table.name().simple(),
                  constant(table, taken),
                  table.origin(),
                  table.name().simple()));
    }
    return constants.toString();
  }

  private String names() {
    Set<String> taken = new HashSet<>();
    return tables.stream().map(table -> constant(table, taken)).collect(joining(",\n          "));
  }

  /** The table's name; after its layer where an earlier layer has one of that name. */
  private static String constant(RowClass table, Set<String> taken) {
    String layerAndTable = table.origin().toUpperCase(Locale.ROOT);
    String name = layerAndTable.substring(layerAndTable.indexOf('.') + 1);
    return taken.add(name) ? name : layerAndTable.replace('.', '_');
  }
}
