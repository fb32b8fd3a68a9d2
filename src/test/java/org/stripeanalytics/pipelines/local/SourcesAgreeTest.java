package org.stripeanalytics.pipelines.local;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.StagingView;
import org.stripeanalytics.warehouse.TableChecksum;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/** Two sources, one path: an account comes to the same tables from memory and from its JSON. */
class SourcesAgreeTest {
  private static final String START = "--start=2024-01-01";
  private static final String END = "--end=2025-07-01";

  /** How a row came here is its own; how it changed, only events can tell. */
  private static final Set<String> DELIVERY = Set.of("_payload", "_source");

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
            // Files hold Stripe's objects alone.
            "--sources=none",
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
    assertThat(
        StagingView.all().stream()
            .filter(view -> !digest(view, direct).equals(digest(view, ingested)))
            .map(StagingView::name)
            .toList(),
        is(empty()));
    assertThat(
        (Long) ingested.query("SELECT COUNT(*) FROM staging.stg_invoice_line_items").value() > 0,
        is(true));
  }

  /** Of the rows of a view, whatever their order, how they came here and when they changed. */
  private static Object digest(StagingView view, DuckDbWarehouse warehouse) {
    String columns =
        view.columns().stream()
            .map(TableFieldSchema::getName)
            .filter(column -> !column.startsWith("_"))
            .map(column -> "t." + column)
            .collect(joining(", "));
    return warehouse
        .query("SELECT COUNT(*), bit_xor(hash(%s)) FROM %s AS t".formatted(columns, view.name()))
        .rows();
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
