package org.stripeanalytics.synthesis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stripeanalytics.warehouse.Warehouse;

/** Among a thousand customers everything happens that can happen. */
class LifeCycleTest {
  private static Warehouse tables;
  private static Warehouse.Hold open;

  @BeforeAll
  static void simulate(@TempDir Path directory) {
    tables = GeneratedTables.of(Simulations.everything(), directory.resolve("all.duckdb"));
    open = tables.holdOpen();
  }

  @AfterAll
  static void letGo() {
    open.close();
  }

  @ParameterizedTest
  @EnumSource
  void aPathOccurs(LifeCyclePath path) {
    assertThat(GeneratedTables.query(tables, path.query()), is(not(empty())));
  }

  @Test
  void everySubscriptionStatusOccurs() {
    Set<Object> statuses = new TreeSet<>();
    tables
        .query("SELECT DISTINCT status FROM raw.subscriptions")
        .rows()
        .forEach(row -> statuses.add(row.get(0)));

    assertThat(
        statuses,
        is(
            Set.of(
                "incomplete",
                "incomplete_expired",
                "trialing",
                "active",
                "past_due",
                "canceled",
                "unpaid",
                "paused")));
  }
}
