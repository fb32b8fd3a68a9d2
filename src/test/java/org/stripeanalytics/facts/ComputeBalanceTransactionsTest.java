package org.stripeanalytics.facts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.at;
import static org.stripeanalytics.fold.Snapshots.day;

import java.util.List;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.Snapshots;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.facts.LedgerEntry;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.model.schema.RowCoder;

@ExtendWith(TestPipelineExtension.class)
class ComputeBalanceTransactionsTest {

  @Test
  void everyEntryIsOnceAndNobodysAreUnattributed(TestPipeline pipeline) {
    PCollection<ObjectOwner> owners =
        pipeline.apply("Owners", Create.of(owner("ch_1")).withCoder(Tables.OBJECT_OWNERS.coder()));
    List<LedgerVersion> versions =
        List.of(
            entry("txn_1", "ch_1", "charge", "2024-01-10").setStatus("pending").build(),
            entry("txn_1", "ch_1", "charge", "2024-01-12").build(),
            entry("txn_2", "ch_missing", "refund", "2024-01-11").build(),
            entry("txn_3", null, "fee", "2024-01-11").build(),
            entry("txn_4", "po_1", "payout", "2024-01-11").build());

    PAssert.that(
            pipeline
                .apply("Versions", Create.of(versions).withCoder(RowCoder.of(LedgerVersion.class)))
                .apply(
                    ComputeBalanceTransactions.of(
                        owners, /* stored= */ null, catalogIn(pipeline), ReportingFrame.defaults()))
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(
                            row ->
                                row.getBalanceTransactionId()
                                    + " "
                                    + row.getRevenuePart()
                                    + " "
                                    + row.getCustomerKey()
                                    + " "
                                    + row.getRegion()
                                    + " "
                                    + row.getStatus())))
        .containsInAnyOrder(
            "txn_1 gross_volume 42 europe available",
            "txn_2 refunds -1 unattributed available",
            "txn_3 fees -1 unattributed available",
            "txn_4 payouts -1 unattributed available");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void anEntryAboutAnEarlierObjectBelongsToWhomItWasStoredFor(TestPipeline pipeline) {
    PCollection<ObjectOwner> owners =
        pipeline.apply("Owners", Create.of(owner("ch_1")).withCoder(Tables.OBJECT_OWNERS.coder()));
    PCollection<ObjectOwner> stored =
        pipeline.apply(
            "Stored",
            Create.of(owner("ch_0"), owner("ch_unasked")).withCoder(Tables.OBJECT_OWNERS.coder()));
    List<LedgerVersion> versions =
        List.of(
            entry("txn_1", "ch_1", "charge", "2024-01-10").build(),
            entry("txn_2", "ch_0", "refund", "2024-01-11").build());

    PAssert.that(
            pipeline
                .apply("Versions", Create.of(versions).withCoder(RowCoder.of(LedgerVersion.class)))
                .apply(
                    ComputeBalanceTransactions.of(
                        owners, stored, catalogIn(pipeline), ReportingFrame.defaults()))
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(row -> row.getBalanceTransactionId() + " " + row.getCustomerKey())))
        .containsInAnyOrder("txn_1 42", "txn_2 42");
    pipeline.run().waitUntilFinish();
  }

  @ParameterizedTest
  @CsvSource({
    "charge, gross_volume",
    "charge_failure, gross_volume",
    "refund, refunds",
    "dispute_reversal, disputes",
    "fee, fees",
    "payout, payouts",
    "topup, other",
    "transfer, other",
    "platform_earning, other",
    "risk_reserved_funds, other",
    "other_adjustment, other",
    "something_new, other"
  })
  void anEntryIsWhatItsCategorySays(String category, String part) {
    assertThat(entryOf(entry("txn_1", null, category, "2024-01-10")).getRevenuePart(), is(part));
  }

  @Test
  void everyCurrencyIsConvertedAtItsRateAndTheNetIsWhatIsLeft() {
    LedgerEntry entry =
        entryOf(
            entry("txn_1", null, "charge", "2024-01-10")
                .setCurrency("eur")
                .setAmount(1_05)
                .setFee(5)
                .setNet(1_00));

    // At 1.1: 115.5 and 5.5 cents are rounded up, and 110 would be one too many.
    assertThat(
        List.of(
            entry.getAmountReportingMinor(),
            entry.getFeeReportingMinor(),
            entry.getNetReportingMinor()),
        contains(1_16L, 6L, 1_10L));
  }

  private static LedgerEntry entryOf(LedgerVersion.Builder version) {
    return ComputeBalanceTransactions.entries(
            List.of(version.build()),
            /* owner= */ null,
            Snapshots.CATALOG,
            ReportingFrame.defaults())
        .iterator()
        .next();
  }

  private static PCollectionView<Iterable<Catalog>> catalogIn(TestPipeline pipeline) {
    return pipeline
        .apply(
            "Catalog", Create.of(Snapshots.CATALOG).withCoder(SerializableCoder.of(Catalog.class)))
        .apply(View.asIterable());
  }

  private static ObjectOwner owner(String object) {
    return ObjectOwner.builder()
        .setObjectId(object)
        .setCustomerKey(42)
        .setCustomerId("cus_1")
        .setCreatedOn(day("2024-01-10"))
        .setCountry("DE")
        .setRegion("europe")
        .setChannel("organic")
        .setInitialPlan("starter")
        .setAsOf(day("2024-01-10"))
        .build();
  }

  private static LedgerVersion.Builder entry(
      String id, String source, String category, String snapshot) {
    return LedgerVersion.builder()
        .setId(id)
        .setCreated(at("2024-01-10"))
        .setAmount(20_00)
        .setAvailableOn(at("2024-01-12"))
        .setCurrency("usd")
        .setFee(88)
        .setNet(19_12)
        .setReportingCategory(category)
        .setSource(source)
        .setStatus("available")
        .setType(category)
        .setChangedAt(at(snapshot))
        .setSnapshotDate(day(snapshot));
  }
}
