package org.stripeanalytics.contract;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the contracts say of where rows come from. */
class LineageTest {
  private static final Set<String> TABLES =
      Tables.all().stream().map(WarehouseTable::name).collect(toSet());
  private static final Set<Layer> SOURCES = Set.of(Layer.RAW, Layer.SEEDS, Layer.OPS, Layer.TRUTH);

  @Test
  void lineageNamesTablesThatAreThere() {
    forEveryTable(table -> assertThat(lineage(table), everyItem(is(in(TABLES)))));
  }

  @Test
  void dataEntersInRawAndSeedsAndEveryOtherTableIsMadeOfSomething() {
    forEveryTable(
        table -> {
          if (SOURCES.contains(table.contract().layer()) || table.equals(Tables.STREAMED_EVENTS)) {
            assertThat(table.name(), lineage(table), is(empty()));
          } else {
            assertThat(table.name(), lineage(table), is(not(empty())));
          }
        });
  }

  @Test
  void dataOnlyFlowsDown() {
    forEveryTable(
        table ->
            lineage(table)
                .forEach(
                    from ->
                        assertThat(
                            from + " feeds " + table,
                            Tables.named(from)
                                    .contract()
                                    .layer()
                                    .compareTo(table.contract().layer())
                                <= 0,
                            is(true))));
  }

  @Test
  void noTableIsMadeOfItself() {
    forEveryTable(table -> assertThat(upstream(table.name()), not(hasItem(table.name()))));
  }

  private static Set<String> upstream(String table) {
    Set<String> seen = new HashSet<>();
    collect(table, seen);
    return seen;
  }

  private static void collect(String table, Set<String> seen) {
    for (String from : lineage(Tables.named(table))) {
      if (seen.add(from)) {
        collect(from, seen);
      }
    }
  }

  private static List<String> lineage(WarehouseTable<?> table) {
    return table.contract().quality().lineage();
  }

  private static void forEveryTable(Consumer<WarehouseTable<?>> check) {
    assertAll(Tables.all().stream().map(table -> () -> check.accept(table)));
  }
}
