package org.stripeanalytics.synthesis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * The invariants that are statements about tables, each a query in {@code invariants.sql} that
 * finds nothing. Those that are not are in {@link EventReplayTest} (48, 49), {@link
 * DeterminismTest} (4) and {@link EventDeliveryTest} (54).
 */
class InvariantsTest {
  private static final long CUSTOMERS = 250;
  private static final Pattern HEADING = Pattern.compile("^-- (\\d\\d .*)$", Pattern.MULTILINE);

  /** Opening a file takes as long as a query, and each invariant is one. */
  private final List<Warehouse.Hold> held = new ArrayList<>();

  @AfterEach
  void letGo() {
    held.forEach(Warehouse.Hold::close);
  }

  @TestFactory
  Stream<DynamicNode> anInvariantHoldsOnEverySeed(@TempDir Path directory) {
    List<Invariant> invariants = invariants();
    return Stream.of(1L, 2L, 3L)
        .map(
            seed -> {
              Warehouse tables =
                  GeneratedTables.of(
                      Simulations.account(seed, CUSTOMERS), directory.resolve(seed + ".duckdb"));
              held.add(tables.holdOpen());
              return DynamicContainer.dynamicContainer(
                  "seed " + seed,
                  invariants.stream()
                      .map(
                          invariant ->
                              DynamicTest.dynamicTest(
                                  invariant.name(),
                                  () ->
                                      assertThat(
                                          GeneratedTables.query(tables, invariant.sql()),
                                          empty()))));
            });
  }

  @Test
  void allButFourInvariantsAreStatementsAboutTables() {
    assertThat(invariants(), hasSize(54 - 4));
  }

  private static List<Invariant> invariants() {
    String file = GeneratedTables.sql("invariants.sql");
    Matcher heading = HEADING.matcher(file);
    List<String> names = new ArrayList<>();
    List<Integer> bounds = new ArrayList<>();
    while (heading.find()) {
      names.add(heading.group(1));
      bounds.add(heading.start());
    }
    bounds.add(file.length());
    List<Invariant> invariants = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      invariants.add(
          new Invariant(names.get(i), file.substring(bounds.get(i), bounds.get(i + 1)).strip()));
    }
    return invariants;
  }

  private record Invariant(String name, String sql) {}
}
