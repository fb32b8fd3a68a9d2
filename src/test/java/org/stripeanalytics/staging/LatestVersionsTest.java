package org.stripeanalytics.staging;

import static org.stripeanalytics.intermediate.Snapshots.at;
import static org.stripeanalytics.intermediate.Snapshots.day;

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
                .apply(KeepMode.of(Tables.PRODUCTS, true)))
        .containsInAnyOrder(
            product("prod_1", "2024-03-10", "Second", true),
            product("prod_2", "2024-02-10", "Other", true));
    pipeline.run().waitUntilFinish();
  }

  private static Product product(String id, String changed, String name, boolean livemode) {
    return Product.builder()
        .setId(id)
        .setCreated(at("2024-01-01"))
        .setUpdated(at(changed))
        .setActive(true)
        .setName(name)
        .setType("service")
        .setLivemode(livemode)
        .setChangedAt(at(changed))
        .setSnapshotDate(day(changed))
        .setSource("synthetic")
        .build();
  }
}
