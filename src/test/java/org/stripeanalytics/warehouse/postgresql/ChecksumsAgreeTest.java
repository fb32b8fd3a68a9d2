package org.stripeanalytics.warehouse.postgresql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.stripeanalytics.warehouse.ExampleRows.aMovement;
import static org.stripeanalytics.warehouse.ExampleRows.aRate;
import static org.stripeanalytics.warehouse.ExampleRows.anInvoice;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.duckdb.EmptyWarehouses;

/**
 * The same rows have the same checksums in PostgreSQL and in DuckDB, so the two can be compared.
 */
class ChecksumsAgreeTest {
  private static final LocalDate DAY = LocalDate.of(2024, 1, 31);

  @Test
  void nestedRowsTimesNumbersAndNullsHaveTheChecksumThatTheyHaveInDuckDb(@TempDir Path directory) {
    String database = LocalPostgres.started().takeDatabase();
    Warehouse postgres =
        PostgresWarehouse.open(LocalPostgres.started().database(database), "", ZoneId.of("UTC"));
    Warehouse duckDb = EmptyWarehouses.at(directory.resolve("stripe.duckdb"));

    publishExamples(postgres);
    publishExamples(duckDb);

    assertThat(postgres.checksums(Set.of()), equalTo(duckDb.checksums(Set.of())));
    LocalPostgres.started().giveBack(database, false);
  }

  private static void publishExamples(Warehouse warehouse) {
    Pipeline pipeline = Pipeline.create();
    Publication publication =
        warehouse.publication(
            "run_1",
            DataInterval.of(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 2, 1)),
            Instant.parse("2024-06-01T12:00:00Z"));
    load(
        pipeline,
        publication,
        Tables.INVOICES,
        List.of(
            anInvoice("in_1", DAY, 2).setCustomerName("Žofie \"鈴木\" \n\\ 😀").build(),
            anInvoice("in_2", DAY, 0).setParent(null).setNumber("").setMetadata(List.of()).build(),
            anInvoice("in_3", DAY, 1).setDiscounts(List.of("di_1", "", "di_2")).build()));
    load(
        pipeline,
        publication,
        Tables.FX_RATES,
        List.of(aRate("small", "0.000000001"), aRate("eur", "1.08")));
    load(
        pipeline,
        publication,
        Tables.FCT_MRR_MOVEMENTS,
        List.of(aMovement("cus_1", "2024-01-30", 1)));
    pipeline.apply("Publish", publication);
    pipeline.run().waitUntilFinish();
  }

  private static <T> void load(
      Pipeline pipeline, Publication publication, WarehouseTable<T> table, List<T> rows) {
    pipeline
        .apply("Rows " + table, Create.of(rows).withCoder(table.coder()))
        .apply("Load " + table, publication.load(table));
  }
}
