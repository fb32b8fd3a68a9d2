package org.stripeanalytics.synthesis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.raw.HubspotContact;
import org.stripeanalytics.model.raw.SalesforceOpportunity;
import org.stripeanalytics.model.truth.CustomerTruth;
import org.stripeanalytics.model.truth.TrueIdentity;

/** What other systems know of customers who signed up on 1 February 2024. */
class OtherSystemsTest {
  private static final Instant SIGNUP = Instant.parse("2024-02-01T00:00:00Z");
  private static final int CUSTOMERS = 300;

  @Test
  void aHubspotContactIsALeadUntilTheFirstPaymentAndThenACustomer() {
    List<HubspotContact> contacts = known(Tables.HUBSPOT_CONTACT, paidAfter(14));
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
        known(Tables.HUBSPOT_CONTACT, null).stream()
            .map(HubspotContact::getLifecycleStage)
            .toList(),
        everyItem(is("lead")));
  }

  @Test
  void anOpportunityIsWonIfTheCustomerPaidByItsCloseDateAndNotIfLater() {
    LocalDate paid = LocalDate.parse("2024-02-15");
    List<SalesforceOpportunity> opportunities = known(Tables.SALESFORCE_OPPORTUNITY, paidAfter(14));

    opportunities.stream()
        .filter(opportunity -> !opportunity.getClosedOn().equals(paid))
        .forEach(
            opportunity ->
                assertThat(opportunity.getIsWon(), is(paid.isBefore(opportunity.getClosedOn()))));
  }

  private static Instant paidAfter(int days) {
    return SIGNUP.plus(Duration.ofDays(days));
  }

  /** The rows of one table about so many customers who all paid at one moment, or never. */
  private static <T> List<T> known(WarehouseTable<T> table, @Nullable Instant paid) {
    List<T> rows = new ArrayList<>();
    Population population = new Population(Simulations.account(7, CUSTOMERS));
    for (int index = 0; index < CUSTOMERS; index++) {
      OtherSystems.simulate(
          population,
          index,
          aCustomer("cus_" + index).setFirstPaymentAt(paid).build(),
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

  private static CustomerTruth.Builder aCustomer(String id) {
    return CustomerTruth.builder()
        .setCustomer(id)
        .setSignedUpAt(SIGNUP)
        .setRegion("europe")
        .setCountry("DE")
        .setChannel("referral")
        .setOutcome("trial")
        .setPlan("starter")
        .setMeansToPay(true);
  }
}
