package org.stripeanalytics.synthesis.sources;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.raw.HubspotContact;
import org.stripeanalytics.model.raw.HubspotDeal;
import org.stripeanalytics.model.raw.IntercomCompany;
import org.stripeanalytics.model.raw.SalesforceOpportunity;
import org.stripeanalytics.model.raw.ZendeskOrganization;
import org.stripeanalytics.model.raw.ZendeskTicket;
import org.stripeanalytics.model.raw.ZendeskUser;
import org.stripeanalytics.model.truth.CustomerTruth;
import org.stripeanalytics.model.truth.TrueIdentity;
import org.stripeanalytics.model.truth.TrueMovement;
import org.stripeanalytics.synthesis.Simulations;
import org.stripeanalytics.synthesis.account.Population;

/** What other systems know of customers who signed up on 1 February 2024. */
class OtherSystemsTest {
  private static final Instant SIGNUP = Instant.parse("2024-02-01T00:00:00Z");
  private static final Instant PAID = SIGNUP.plus(Duration.ofDays(14));
  private static final int CUSTOMERS = 2_000;

  @Test
  void aHubspotContactIsALeadUntilTheFirstPaymentAndThenACustomer() {
    List<HubspotContact> contacts = known(Tables.HUBSPOT_CONTACT, aPayer());
    String first = contacts.get(0).getId();

    assertThat(
        contacts.stream()
            .filter(contact -> contact.getId().equals(first))
            .map(contact -> contact.getSnapshotDate() + " " + contact.getLifecycleStage())
            .toList(),
        contains("2024-02-01 lead", "2024-02-15 customer"));
  }

  @Test
  void aContactOfSomebodyWhoNeverPaysStaysALead() {
    assertThat(
        known(Tables.HUBSPOT_CONTACT, aCustomer()).stream()
            .map(HubspotContact::getLifecycleStage)
            .toList(),
        everyItem(is("lead")));
  }

  @Test
  void anOpportunityIsWonIfTheCustomerPaidByItsCloseDateAndNotIfLater() {
    LocalDate paid = LocalDate.ofInstant(PAID, ZoneOffset.UTC);
    List<SalesforceOpportunity> opportunities = known(Tables.SALESFORCE_OPPORTUNITY, aPayer());

    opportunities.stream()
        .filter(opportunity -> !opportunity.getClosedOn().equals(paid))
        .forEach(
            opportunity ->
                assertThat(opportunity.getIsWon(), is(paid.isBefore(opportunity.getClosedOn()))));
  }

  @Test
  void aDealOfAPayerIsWonBeforeThePaymentAndMostOthersAreLost() {
    List<HubspotDeal> ofPayers = closed(known(Tables.HUBSPOT_DEAL, aPayer()));
    List<HubspotDeal> ofOthers = closed(known(Tables.HUBSPOT_DEAL, aCustomer()));

    assertThat(ofPayers.stream().map(HubspotDeal::getStageId).toList(), everyItem(is("closedwon")));
    assertThat(
        ofPayers.stream().map(deal -> deal.getClosedAt().isAfter(PAID)).toList(),
        everyItem(is(false)));
    assertThat(
        share(ofOthers, deal -> deal.getStageId().equals("closedlost")), is(greaterThan(0.8)));
  }

  @Test
  void ticketsBeforeALeavingAreBadMoreOften() {
    CustomerTruth.Builder leaves =
        aCustomer()
            .setChurnedAt(SIGNUP.plus(Duration.ofDays(50)))
            .setMovements(List.of(aVoluntaryChurn("2024-03-22")));
    List<ZendeskTicket> before = solved(known(Tables.ZENDESK_TICKET, leaves));
    List<ZendeskTicket> others = solved(known(Tables.ZENDESK_TICKET, aPayer()));

    assertThat(share(before, OtherSystemsTest::isBad), is(greaterThan(0.3)));
    assertThat(share(others, OtherSystemsTest::isBad), is(lessThan(0.1)));
  }

  @Test
  void someUsersOfASupportDeskBelongToAnOrganisationThatTheDeskKnows() {
    List<String> belongs =
        known(Tables.ZENDESK_USER, aPayer()).stream()
            .map(ZendeskUser::getOrganizationId)
            .filter(Objects::nonNull)
            .toList();
    List<ZendeskOrganization> known = known(Tables.ZENDESK_ORGANIZATION, aPayer());

    assertThat(known.stream().map(ZendeskOrganization::getId).toList(), is(belongs));
    assertThat(share(known, row -> row.getExternalId() != null), is(closeTo(0.8, 0.1)));
    assertThat(
        known(Tables.INTERCOM_COMPANY, aPayer()).stream()
            .map(IntercomCompany::getCompanyId)
            .toList(),
        everyItem(is("cus_1")));
  }

  private static boolean isBad(ZendeskTicket ticket) {
    return ticket.getSatisfaction().equals("bad");
  }

  private static List<HubspotDeal> closed(List<HubspotDeal> deals) {
    return deals.stream().filter(deal -> deal.getClosedAt() != null).toList();
  }

  private static List<ZendeskTicket> solved(List<ZendeskTicket> tickets) {
    return tickets.stream().filter(ticket -> ticket.getSatisfaction() != null).toList();
  }

  private static <T> double share(List<T> rows, Predicate<T> which) {
    return rows.stream().filter(which).count() / (double) rows.size();
  }

  private static TrueMovement aVoluntaryChurn(String day) {
    return TrueMovement.builder()
        .setDay(LocalDate.parse(day))
        .setMovementType("churn")
        .setArrMinor(0)
        .setChurnKind("voluntary")
        .build();
  }

  private static CustomerTruth.Builder aPayer() {
    return aCustomer().setFirstPaymentAt(PAID);
  }

  /** The rows of one table about so many customers who all have one history. */
  private static <T> List<T> known(WarehouseTable<T> table, CustomerTruth.Builder truth) {
    List<T> rows = new ArrayList<>();
    Population population = new Population(Simulations.account(7, CUSTOMERS));
    for (int index = 0; index < CUSTOMERS; index++) {
      OtherSystems.simulate(
          population,
          index,
          truth.build(),
          new SourceCollector() {
            @Override
            public <R> void collect(WarehouseTable<R> of, R row, Instant at) {
              if (of.equals(table)) {
                rows.add(table.rowClass().cast(row));
              }
            }

            @Override
            public void collect(TrueIdentity truth) {
              // Who is who, identity's own tests look at.
            }
          });
    }
    return rows;
  }

  private static CustomerTruth.Builder aCustomer() {
    return CustomerTruth.builder()
        .setCustomer("cus_1")
        .setSignedUpAt(SIGNUP)
        .setRegion("europe")
        .setCountry("DE")
        .setChannel("referral")
        .setOutcome("trial")
        .setPlan("starter")
        .setMeansToPay(true);
  }
}
