package org.stripeanalytics.staging;

import java.time.Instant;
import java.time.LocalDate;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.raw.Product;

@ExtendWith(TestPipelineExtension.class)
class LatestVersionsTest {

  @Test
  void ofSeveralVersionsTheNewestStaysAndOtherModesAreLeftOut(TestPipeline pipeline) {
    PAssert.that(
            pipeline
                .apply(
                    Create.of(
                            product("prod_1", "2024-03-10", "Second", true),
                            product("prod_1", "2024-01-10", "First", true),
                            product("prod_2", "2024-02-10", "Other", true),
                            product("prod_3", "2024-02-10", "Test", false))
                        .withCoder(Tables.PRODUCTS.coder()))
                .apply(LatestVersions.of(Product.class, Product::getId))
                .apply(KeepMode.of(Product.class, true)))
        .containsInAnyOrder(
            product("prod_1", "2024-03-10", "Second", true),
            product("prod_2", "2024-02-10", "Other", true));
    pipeline.run().waitUntilFinish();
  }

  private static Product product(String id, String day, String name, boolean livemode) {
    Instant changed = Instant.parse(day + "T00:00:00Z");
    return Product.builder()
        .setId(id)
        .setCreated(changed)
        .setUpdated(changed)
        .setActive(true)
        .setName(name)
        .setType("service")
        .setLivemode(livemode)
        .setChangedAt(changed)
        .setSnapshotDate(LocalDate.parse(day))
        .setSource("synthetic")
        .build();
  }
}
