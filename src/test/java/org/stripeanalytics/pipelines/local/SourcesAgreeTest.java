package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.warehouse.TableChecksum;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/** Two sources, one path: an account comes to the same tables from memory and from its JSON. */
class SourcesAgreeTest {
  private static final String START = "--start=2024-01-01";
  private static final String END = "--end=2025-07-01";

  /** How a row came here is its own; how it changed, only events can tell. */
  private static final Set<String> DELIVERY = Set.of("_payload", "_source");

  private static final Set<String> DELIVERY_AND_VERSION =
      Set.of("_payload", "_source", "_snapshot_date", "_changed_at");

  @TempDir static Path folder;
  private static DuckDbWarehouse direct;

  @BeforeAll
  static void synthesise() {
    direct =
        LocalRuns.run(
            "synthesize",
            folder.resolve("direct.duckdb"),
            "--customers=400",
            "--seed=3",
            START,
            END);
    LocalRuns.run(
        "synthesize",
        "--customers=400",
        "--seed=3",
        "--events",
        "--output=" + folder.resolve("files"),
        START,
        END);
  }

  @Test
  void eventsGiveTheRawTablesOfEveryObjectThatStripeAnnounces() {
    DuckDbWarehouse ingested =
        LocalRuns.run(
            "ingest",
            folder.resolve("events.duckdb"),
            "--input=" + folder.resolve("files/events/*"),
            "--input=" + folder.resolve("files/marketing_spend/*"));

    // The ledger changes without an event; an account without payouts would prove less.
    assertThat(differing("raw.", DELIVERY, direct, ingested), contains("raw.balance_transactions"));
    assertThat(rowsOf("raw.payouts", ingested) > 0, is(true));
  }

  @Test
  void objectsAsTheyWereAtTheEndGiveTheSameStaging() {
    DuckDbWarehouse ingested =
        LocalRuns.run(
            "ingest",
            folder.resolve("objects.duckdb"),
            "--input=" + folder.resolve("files/*/*"),
            "--extractedOn=2025-06-30");
    stage("direct.duckdb");
    stage("objects.duckdb");

    assertThat(differing("staging.", DELIVERY_AND_VERSION, direct, ingested), is(empty()));
    assertThat(rowsOf("staging.stg_invoice_line_items", ingested) > 0, is(true));
  }

  private static void stage(String file) {
    LocalRuns.run(
        "transform",
        folder.resolve(file),
        "--persist=staging",
        "--from=2024-01-01",
        "--to=2025-07-01");
  }

  /** The tables of a layer in which two warehouses differ. */
  private static Set<String> differing(
      String layer, Set<String> leftOut, DuckDbWarehouse a, DuckDbWarehouse b) {
    return Sets.filter(
        Maps.difference(checksums(a, leftOut), checksums(b, leftOut)).entriesDiffering().keySet(),
        table -> table.startsWith(layer));
  }

  private static long rowsOf(String table, DuckDbWarehouse warehouse) {
    return checksums(warehouse, Set.of()).get(table).rows();
  }

  private static ImmutableMap<String, TableChecksum> checksums(
      DuckDbWarehouse warehouse, Set<String> leftOut) {
    Stream<TableChecksum> tables = warehouse.checksums(leftOut).stream();
    return tables.collect(ImmutableMap.toImmutableMap(TableChecksum::table, table -> table));
  }
}
