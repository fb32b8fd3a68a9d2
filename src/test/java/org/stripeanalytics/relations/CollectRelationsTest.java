package org.stripeanalytics.relations;

import static org.stripeanalytics.fold.Snapshots.at;
import static org.stripeanalytics.fold.Snapshots.day;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.intermediate.CustomerMilestones;
import org.stripeanalytics.model.intermediate.Identity;
import org.stripeanalytics.model.raw.HubspotDeal;
import org.stripeanalytics.model.raw.HubspotDealContact;
import org.stripeanalytics.model.raw.HubspotDealPipelineStage;
import org.stripeanalytics.model.raw.ZendeskTicket;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.duckdb.EmptyWarehouses;

/** As of 1 June 2024. */
@ExtendWith(TestPipelineExtension.class)
class CollectRelationsTest {
  @TempDir Path directory;
  private DuckDbWarehouse warehouse;

  @BeforeEach
  void stagesOfDealsOfWhichOneIsWon() {
    warehouse = EmptyWarehouses.at(directory.resolve("stripe.duckdb"));
    publish(Tables.HUBSPOT_DEAL_PIPELINE_STAGE, stage("won", true), stage("lost", false));
  }

  @Test
  void wonDealsAreThoseWhoseNewestVersionIsInAWonStage(TestPipeline pipeline) {
    publish(
        Tables.HUBSPOT_DEAL,
        deal("1", "lost", "2024-03-01"),
        deal("1", "won", "2024-03-05"),
        deal("2", "won", "2024-03-05"),
        deal("2", "lost", "2024-03-07"),
        deal("3", "lost", "2024-05-20"),
        deal("3", "won", "2024-06-01"),
        deal("4", "won", "2024-03-05").toBuilder().setDeleted(true).build());

    PAssert.that(
            pipeline
                .apply(ReadDealings.of(warehouse, ZoneOffset.UTC, day("2024-06-01")))
                .apply(Values.create())
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(deal -> deal.getKey() + " " + deal.getDay() + " " + deal.getAmount())))
        .containsInAnyOrder("hubspot_deal:1 2024-03-05 120.000000000");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aCustomerHasItsMoneyItsDealsAndItsTicketsAndWhatIsNobodysStandsAlone(TestPipeline pipeline) {
    publish(Tables.HUBSPOT_DEAL, deal("1", "won", "2024-03-05"));
    publish(Tables.HUBSPOT_DEAL_CONTACT, ofContact("1", "7"));
    publish(Tables.ZENDESK_TICKET, ticket("10", "5", "bad"), ticket("11", "6", "good"));
    publish(Tables.CUSTOMER_MILESTONES, firstPaid("cus_1", "2024-03-08"));
    publish(
        Tables.FCT_MRR_MOVEMENTS,
        movement("cus_1", "2024-03-08", 1_200),
        movement("cus_1", "2024-06-01", 0));

    PAssert.that(
            pipeline
                .apply(
                    Create.of(
                            identity("hubspot_contact", "7", "cus_1"),
                            identity("zendesk_user", "5", "cus_1"),
                            identity("zendesk_user", "6", null))
                        .withCoder(Tables.IDENTITIES.coder()))
                .apply(CollectRelations.of(warehouse, ZoneOffset.UTC, day("2024-06-01")))
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(CollectRelationsTest::inOneLine)))
        .containsInAnyOrder(
            "cus_1 DE paid 2024-03-08, 1 steps, [hubspot_deal:1], [zendesk_ticket:10 bad]",
            "null unresolved paid null, 0 steps, [], [zendesk_ticket:11]");
    pipeline.run().waitUntilFinish();
  }

  private static String inOneLine(CustomerRelations who) {
    return "%s %s paid %s, %d steps, %s, %s"
        .formatted(
            who.getCustomerId(),
            who.getCountry(),
            who.getFirstPaidOn(),
            who.getSteps().size(),
            who.getWonDeals().stream().map(Dealing::getKey).toList(),
            who.getTickets().stream()
                .map(ticket -> ticket.getKey() + (ticket.isBad(1_440) ? " bad" : ""))
                .toList());
  }

  @SafeVarargs
  private <T> void publish(WarehouseTable<T> table, T... rows) {
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

  private static HubspotDealPipelineStage stage(String id, boolean won) {
    return HubspotDealPipelineStage.builder()
        .setStageId(id)
        .setClosedWon(won)
        .setSnapshotDate(day("2024-01-01"))
        .setChangedAt(at("2024-01-01"))
        .setSource("synthetic")
        .build();
  }

  /** A deal that was closed on the day on which it came into the stage. */
  private static HubspotDeal deal(String id, String stage, String changed) {
    return HubspotDeal.builder()
        .setId(id)
        .setStageId(stage)
        .setAmount(new BigDecimal(120))
        .setClosedAt(at(changed))
        .setDeleted(false)
        .setSnapshotDate(day(changed))
        .setChangedAt(at(changed))
        .setSource("synthetic")
        .build();
  }

  private static HubspotDealContact ofContact(String deal, String contact) {
    return HubspotDealContact.builder()
        .setDealId(deal)
        .setContactId(contact)
        .setTypeId("3")
        .setSnapshotDate(day("2024-03-01"))
        .setChangedAt(at("2024-03-01"))
        .setSource("synthetic")
        .build();
  }

  private static ZendeskTicket ticket(String id, String requester, String satisfaction) {
    return ZendeskTicket.builder()
        .setId(id)
        .setRequesterId(requester)
        .setCreatedAt(at("2024-04-01"))
        .setFirstResponseMinutes(BigDecimal.TEN)
        .setSatisfaction(satisfaction)
        .setSnapshotDate(day("2024-04-01"))
        .setChangedAt(at("2024-04-01"))
        .setSource("synthetic")
        .build();
  }

  private static CustomerMilestones firstPaid(String customer, String paid) {
    return CustomerMilestones.builder()
        .setCustomerId(customer)
        .setSignedUpOn(day("2024-02-01"))
        .setFirstPaidAt(at(paid))
        .setCountry("DE")
        .setRegion("europe")
        .setChannel("referral")
        .setInitialPlan("starter")
        .setAsOf(day(paid))
        .build();
  }

  private static MrrMovement movement(String customer, String day, long arr) {
    return MrrMovement.builder()
        .setCustomerKey(1)
        .setCustomerId(customer)
        .setDay(day(day))
        .setMovementType(arr == 0 ? "churn" : "new")
        .setArrMinorBefore(0)
        .setArrMinorAfter(arr)
        .setArrMinorChange(arr)
        .setCountry("DE")
        .setRegion("europe")
        .setChannel("referral")
        .setInitialPlan("starter")
        .build();
  }

  private static Identity identity(String object, String id, @Nullable String customer) {
    return Identity.builder()
        .setSource("crm")
        .setObject(object)
        .setSourceId(id)
        .setCustomerId(customer)
        .setRule(customer == null ? "unresolved" : "email")
        .setConfidence(BigDecimal.ZERO)
        .setComponent(object + ":" + id)
        .build();
  }
}
