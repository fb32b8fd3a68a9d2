package org.stripeanalytics.intermediate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.comparesEqualTo;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.intermediate.Snapshots.at;
import static org.stripeanalytics.intermediate.Snapshots.day;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollectionView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.raw.Product;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.SeedFile;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

@ExtendWith(TestPipelineExtension.class)
class ReadCatalogTest {
  @TempDir Path directory;

  @Test
  void theNewestNameOfAProductAndTheSeedsAreRead(TestPipeline pipeline) {
    DuckDbWarehouse warehouse =
        DuckDbWarehouse.open(directory.resolve("stripe.duckdb"), ZoneOffset.UTC, Clock.systemUTC());
    warehouse.createTables();
    publish(warehouse, product("2024-01-10", "Basic"), product("2024-06-10", "Starter"));

    PCollectionView<Catalog> view =
        pipeline.apply(
            "Catalog",
            ReadCatalog.of(
                warehouse,
                day("2025-01-01"),
                pipeline.apply("Rates", SeedFile.of(Tables.FX_RATES).read()),
                pipeline.apply("Geography", SeedFile.of(Tables.GEOGRAPHY).read())));

    PAssert.that(
            pipeline
                .apply(Create.of("look"))
                .apply(ParDo.of(new LookFn(view)).withSideInputs(view))
                .setCoder(SerializableCoder.of(Catalog.class)))
        .satisfies(
            catalogs -> {
              Catalog catalog = catalogs.iterator().next();
              assertThat(catalog.plan("prod_1"), is("starter"));
              assertThat(catalog.plan("prod_unheard_of"), is("unknown"));
              assertThat(catalog.region("DE"), is("europe"));
              assertThat(catalog.rates().get("usd"), comparesEqualTo(BigDecimal.ONE));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  private static void publish(DuckDbWarehouse warehouse, Product... products) {
    Pipeline writing = Pipeline.create();
    Publication publication =
        warehouse.publication(
            "run-1", DataInterval.of(day("2024-01-01"), day("2025-01-01")), Instant.EPOCH);
    writing
        .apply("Products", Create.of(List.of(products)).withCoder(Tables.PRODUCTS.coder()))
        .apply("LoadProducts", publication.load(Tables.PRODUCTS));
    writing.apply("Publish", publication);
    writing.run().waitUntilFinish();
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

  private static final class LookFn extends DoFn<String, Catalog> {
    private final PCollectionView<Catalog> view;

    LookFn(PCollectionView<Catalog> view) {
      this.view = view;
    }

    @ProcessElement
    public void look(ProcessContext context) {
      context.output(context.sideInput(view));
    }
  }
}
