package org.stripeanalytics.dimensions;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.CATALOG;
import static org.stripeanalytics.fold.Snapshots.aCustomer;
import static org.stripeanalytics.fold.Snapshots.address;
import static org.stripeanalytics.fold.Snapshots.at;

import java.time.ZoneOffset;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.fold.Timelines;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.changes.CustomerSnapshot;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.model.dimensions.CustomerVersion;
import org.stripeanalytics.model.schema.RowCoder;

@ExtendWith(TestPipelineExtension.class)
class ComputeDimCustomerTest {

  @Test
  void aMoveToAnotherCountryOpensAVersion(TestPipeline pipeline) {
    CustomerTimeline timeline =
        timeline(
            Change.of(aCustomer("cus_1", "2024-01-10").build()),
            Change.of(moved("2024-05-01").build()));
    List<CustomerVersion> versions = CustomerVersions.of(timeline, ZoneOffset.UTC);

    assertThat(
        versions.stream().map(ComputeDimCustomerTest::told).toList(),
        contains(
            "US 2024-01-10T00:00:00Z..2024-05-01T00:00:00Z as of 2024-05-01",
            "DE 2024-05-01T00:00:00Z.. current as of 2024-05-01"));
    PAssert.that(
            pipeline
                .apply(Create.of(timeline).withCoder(RowCoder.of(CustomerTimeline.class)))
                .apply(ComputeDimCustomer.in(ZoneOffset.UTC)))
        .containsInAnyOrder(versions);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void whatIsNotTrackedOpensNoVersion() {
    CustomerTimeline timeline =
        timeline(
            Change.of(aCustomer("cus_1", "2024-01-10").build()),
            Change.of(
                aCustomer("cus_1", "2024-02-10")
                    .setCreated(at("2024-01-10"))
                    .setEmail("countess@EXAMPLE.com")
                    .build()));

    assertThat(
        CustomerVersions.of(timeline, ZoneOffset.UTC).stream()
            .map(ComputeDimCustomerTest::told)
            .toList(),
        contains("US 2024-01-10T00:00:00Z.. current as of 2024-01-10"));
  }

  @Test
  void theKeyDependsOnTheCustomerAndTheInstantOnly() {
    CustomerVersion version =
        CustomerVersions.of(
                timeline(Change.of(aCustomer("cus_1", "2024-01-10").build())), ZoneOffset.UTC)
            .get(0);
    CustomerVersion again =
        CustomerVersions.of(
                timeline(Change.of(aCustomer("cus_1", "2024-01-10").setName("Other").build())),
                ZoneOffset.UTC)
            .get(0);

    assertThat(again.getCustomerKey(), is(version.getCustomerKey()));
  }

  @Test
  void aCustomerThatNeverArrivedHasNoVersion() {
    assertThat(CustomerVersions.of(timeline(), ZoneOffset.UTC), is(empty()));
  }

  private static CustomerSnapshot.Builder moved(String changed) {
    return aCustomer("cus_1", changed).setAddress(address("DE"));
  }

  private static CustomerTimeline timeline(Change... changes) {
    return Timelines.of(CATALOG, MetricPolicies.defaults(), List.of(changes));
  }

  private static String told(CustomerVersion version) {
    return String.format(
        "%s %s..%s%s as of %s",
        version.getBillingCountry(),
        version.getValidFrom(),
        version.getValidTo() == null ? "" : version.getValidTo(),
        version.getIsCurrent() ? " current" : "",
        version.getAsOf());
  }
}
