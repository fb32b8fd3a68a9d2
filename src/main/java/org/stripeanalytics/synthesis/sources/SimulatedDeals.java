package org.stripeanalytics.synthesis.sources;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.raw.HubspotDeal;
import org.stripeanalytics.model.raw.HubspotDealCompany;
import org.stripeanalytics.model.raw.HubspotDealContact;
import org.stripeanalytics.model.raw.HubspotDealPipelineStage;
import org.stripeanalytics.model.raw.HubspotDealStage;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.history.Journal;

/**
 * The deals of a HubSpot contact, as its customer's history was: who paid has a deal that was won
 * some days before, and of those who never did most were lost. All shares are assumed.
 */
final class SimulatedDeals {
  private static final double DEAL_OF_A_PAYER = 0.55;
  private static final double DEAL_OF_ANOTHER = 0.30;
  private static final double WON_AND_NEVER_PAID = 0.08;
  private static final int MOST_DAYS_TO_PAYMENT = 12;
  private static final long FIRST_ID = 900_000_000;

  private static final String PIPELINE = "default";
  private static final String BEGUN = "appointmentscheduled";
  private static final String WON = "closedwon";
  private static final String LOST = "closedlost";

  private final KnownCustomer customer;
  private final NavigableMap<Instant, HubspotDeal> versions = new TreeMap<>();

  SimulatedDeals(KnownCustomer customer) {
    this.customer = customer;
  }

  /** Collects the stages that deals go through. */
  static void collectStages(KnownCustomer customer) {
    stage(customer, BEGUN, "Appointment Scheduled", "0.2");
    stage(customer, "contractsent", "Contract Sent", "0.9");
    stage(customer, WON, "Closed Won", "1");
    stage(customer, LOST, "Closed Lost", "0");
  }

  /**
   * @param company null if the contact has none
   */
  void simulate(String contact, @Nullable String company, Instant known) {
    RandomStream own = customer.stream("hubspot").fork("deals");
    Instant paid = customer.truth.getFirstPaymentAt();
    boolean payer = paid != null;
    Instant created = known.plusSeconds(own.between(600, 86_400));
    if (!own.chance(payer ? DEAL_OF_A_PAYER : DEAL_OF_ANOTHER) || !created.isBefore(customer.end)) {
      return;
    }
    boolean won = payer || own.chance(WON_AND_NEVER_PAID);
    Instant closed = created.plus(Duration.ofHours(own.between(20, 1_400)));
    if (payer) {
      Instant before = paid.minus(Duration.ofHours(own.between(0, 24 * MOST_DAYS_TO_PAYMENT)));
      closed = before.isAfter(created) ? before : created.plusSeconds(own.between(60, 3_600));
    }
    String id = String.valueOf(FIRST_ID + customer.index);
    HubspotDeal.Builder deal =
        HubspotDeal.builder()
            .setId(id)
            .setName(customer.person.name())
            .setPipelineId(PIPELINE)
            .setAmount(customer.amount())
            .setOwnerId(customer.owner())
            .setCreatedAt(created)
            .setDeleted(false)
            .setSource(Journal.SOURCE);
    enter(deal, id, BEGUN, created);
    Instant offered = created.plus(Duration.between(created, closed).dividedBy(2));
    enter(deal, id, "contractsent", offered.plusNanos(-offered.getNano()));
    enter(deal.setClosedAt(closed), id, won ? WON : LOST, closed);
    customer.collect(Tables.HUBSPOT_DEAL, versions);
    associate(id, contact, company, created);
  }

  private void enter(HubspotDeal.Builder deal, String id, String stage, Instant at) {
    versions.put(
        at, deal.setStageId(stage).setSnapshotDate(customer.day(at)).setChangedAt(at).build());
    customer.collect(
        Tables.HUBSPOT_DEAL_STAGE,
        HubspotDealStage.builder()
            .setDealId(id)
            .setDateEntered(at)
            .setStageId(stage)
            .setSnapshotDate(customer.day(at))
            .setChangedAt(at)
            .setSource(Journal.SOURCE)
            .build(),
        at);
  }

  private void associate(String deal, String contact, @Nullable String company, Instant at) {
    customer.collect(
        Tables.HUBSPOT_DEAL_CONTACT,
        HubspotDealContact.builder()
            .setDealId(deal)
            .setContactId(contact)
            .setTypeId("3")
            .setCategory("HUBSPOT_DEFINED")
            .setSnapshotDate(customer.day(at))
            .setChangedAt(at)
            .setSource(Journal.SOURCE)
            .build(),
        at);
    if (company != null) {
      customer.collect(
          Tables.HUBSPOT_DEAL_COMPANY,
          HubspotDealCompany.builder()
              .setDealId(deal)
              .setCompanyId(company)
              .setTypeId("5")
              .setCategory("HUBSPOT_DEFINED")
              .setSnapshotDate(customer.day(at))
              .setChangedAt(at)
              .setSource(Journal.SOURCE)
              .build(),
          at);
    }
  }

  private static void stage(KnownCustomer customer, String id, String label, String probability) {
    Instant at = customer.startOfAccount();
    customer.collect(
        Tables.HUBSPOT_DEAL_PIPELINE_STAGE,
        HubspotDealPipelineStage.builder()
            .setStageId(id)
            .setPipelineId(PIPELINE)
            .setLabel(label)
            .setClosedWon(id.equals(WON))
            .setProbability(new BigDecimal(probability))
            .setDeleted(false)
            .setSnapshotDate(customer.day(at))
            .setChangedAt(at)
            .setSource(Journal.SOURCE)
            .build(),
        at);
  }
}
