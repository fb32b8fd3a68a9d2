package org.stripeanalytics.intermediate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.stripeanalytics.fold.Snapshots.at;
import static org.stripeanalytics.fold.Snapshots.day;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.fold.terms.AdObject;
import org.stripeanalytics.fold.terms.CatalogTables;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.raw.GoogleAdsCampaignHistory;
import org.stripeanalytics.model.raw.Product;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.duckdb.EmptyWarehouses;

@ExtendWith(TestPipelineExtension.class)
class ReadCatalogTest {
  @TempDir Path directory;

  @Test
  void theNewestVersionOfEachObjectIsRead(TestPipeline pipeline) {
    DuckDbWarehouse warehouse = EmptyWarehouses.at(directory.resolve("stripe.duckdb"));
    publish(
        warehouse,
        Tables.PRODUCTS,
        product("2024-01-10", "Basic"),
        product("2024-06-10", "Starter"));

    PCollection<CatalogTables> tables =
        pipeline
            .apply("Permission", Create.of(0L))
            .apply("ReadCatalog", ReadCatalog.of(warehouse, day("2025-01-01")));

    PAssert.thatSingleton(tables)
        .isEqualTo(
            CatalogTables.builder().setProducts(List.of(product("2024-06-10", "Starter"))).build());
    pipeline.run().waitUntilFinish();
  }

  @Test
  void ofWhatAdvertisingPlatformsHaveEveryVersionIsRead(TestPipeline pipeline) {
    DuckDbWarehouse warehouse = EmptyWarehouses.at(directory.resolve("stripe.duckdb"));
    publish(
        warehouse,
        Tables.GOOGLE_ADS_CAMPAIGN_HISTORY,
        campaign("2024-01-10", "brand"),
        campaign("2024-06-10", "brand 2024"));

    PCollection<CatalogTables> tables =
        pipeline
            .apply("Permission", Create.of(0L))
            .apply("ReadCatalog", ReadCatalog.of(warehouse, day("2024-02-01")));

    PAssert.thatSingleton(tables)
        .satisfies(
            read -> {
              assertThat(
                  read.getAdObjects(),
                  containsInAnyOrder(
                      known("2024-01-10", "brand"), known("2024-06-10", "brand 2024")));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @SafeVarargs
  private static <T> void publish(DuckDbWarehouse warehouse, WarehouseTable<T> table, T... rows) {
    Pipeline writing = Pipeline.create();
    Publication publication =
        warehouse.publication(
            "run-1", DataInterval.of(day("2024-01-01"), day("2025-01-01")), Instant.EPOCH);
    writing
        .apply("Rows", Create.of(List.of(rows)).withCoder(table.coder()))
        .apply("LoadRows", publication.load(table));
    writing.apply("Publish", publication);
    writing.run().waitUntilFinish();
  }

  private static GoogleAdsCampaignHistory campaign(String changed, String name) {
    return GoogleAdsCampaignHistory.builder()
        .setId("7")
        .setName(name)
        .setSnapshotDate(day(changed))
        .setChangedAt(at(changed))
        .setSource("synthetic")
        .build();
  }

  private static AdObject known(String since, String name) {
    return AdObject.builder()
        .setTable("raw.google_ads_campaign_history")
        .setId("7")
        .setSince(day(since))
        .setName(name)
        .build();
  }

  private static Product product(String changed, String name) {
    return Product.builder()
        .setId("prod_1")
        .setCreated(at("2024-01-10"))
        .setUpdated(at(changed))
        .setActive(true)
        .setName(name)
        .setType("service")
        .setLivemode(true)
        .setSnapshotDate(day(changed))
        .setChangedAt(at(changed))
        .setSource("synthetic")
        .build();
  }
}
