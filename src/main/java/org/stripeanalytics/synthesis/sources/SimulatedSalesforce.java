package org.stripeanalytics.synthesis.sources;

import java.time.Duration;
import java.time.Instant;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.raw.SalesforceAccount;
import org.stripeanalytics.model.raw.SalesforceContact;
import org.stripeanalytics.model.raw.SalesforceLead;
import org.stripeanalytics.model.raw.SalesforceOpportunity;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.history.Journal;

/**
 * A CRM that begins with leads, some of which become contacts of an account with an opportunity:
 * what it knows of one customer. All shares are assumed.
 */
final class SimulatedSalesforce {
  private static final double KNOWN = 0.30;
  private static final double CONVERTED = 0.60;
  private static final long FIRST_ID = 10_000_000;

  private final KnownCustomer customer;

  SimulatedSalesforce(KnownCustomer customer) {
    this.customer = customer;
  }

  /** The lead has the address by which it was first met, and what it becomes the one of Stripe. */
  void simulate() {
    RandomStream own = customer.stream("salesforce");
    if (!own.chance(KNOWN)) {
      return;
    }
    Instant created = customer.truth.getSignedUpAt().plusSeconds(own.between(60, 86_400));
    Instant closed = created.plus(Duration.ofDays(own.between(3, 40)));
    boolean converted = own.chance(CONVERTED) && closed.isBefore(customer.end);
    String lead = "00Q" + code("lead");
    String contact = "003" + code("contact");
    String account = "001" + code("account");
    String opportunity = "006" + code("opportunity");
    SalesforceLead.Builder row =
        SalesforceLead.builder()
            .setId(lead)
            .setEmail(customer.usual)
            .setLeadSource(customer.truth.getChannel())
            .setStatus("Open")
            .setIsConverted(false)
            .setOwnerId(customer.owner())
            .setCreatedAt(created)
            .setDeleted(false)
            .setSource(Journal.SOURCE);
    customer.collect(
        Tables.SALESFORCE_LEAD,
        row.setSnapshotDate(customer.day(created)).setChangedAt(created).build(),
        created);
    customer.know(
        "salesforce",
        "salesforce_lead",
        lead,
        customer.trouble == null && converted ? "converted_lead" : customer.trouble,
        created);
    if (!converted) {
      return;
    }
    customer.collect(
        Tables.SALESFORCE_LEAD,
        row.setStatus("Converted")
            .setIsConverted(true)
            .setConvertedOn(customer.day(closed))
            .setConvertedAccountId(account)
            .setConvertedContactId(contact)
            .setConvertedOpportunityId(opportunity)
            .setSnapshotDate(customer.day(closed))
            .setChangedAt(closed)
            .build(),
        closed);
    customer.collect(
        Tables.SALESFORCE_ACCOUNT,
        SalesforceAccount.builder()
            .setId(account)
            .setName(customer.company())
            .setOwnerId(customer.owner())
            .setCreatedAt(closed)
            .setDeleted(false)
            .setSnapshotDate(customer.day(closed))
            .setChangedAt(closed)
            .setSource(Journal.SOURCE)
            .build(),
        closed);
    customer.know("salesforce", "salesforce_account", account, customer.trouble, closed);
    boolean shared = "shared_mailbox".equals(customer.trouble);
    customer.collect(
        Tables.SALESFORCE_CONTACT,
        SalesforceContact.builder()
            .setId(contact)
            .setAccountId(account)
            .setEmail(shared ? customer.usual : customer.person.email())
            .setLeadSource(customer.truth.getChannel())
            .setOwnerId(customer.owner())
            .setCreatedAt(closed)
            .setDeleted(false)
            .setSnapshotDate(customer.day(closed))
            .setChangedAt(closed)
            .setSource(Journal.SOURCE)
            .build(),
        closed);
    customer.know(
        "salesforce", "salesforce_contact", contact, shared ? customer.trouble : null, closed);
    boolean won = customer.hasPaidBy(closed);
    customer.collect(
        Tables.SALESFORCE_OPPORTUNITY,
        SalesforceOpportunity.builder()
            .setId(opportunity)
            .setAccountId(account)
            .setAmount(customer.amount())
            .setStageName(won ? "Closed Won" : "Closed Lost")
            .setIsWon(won)
            .setIsClosed(true)
            .setClosedOn(customer.day(closed))
            .setLeadSource(customer.truth.getChannel())
            .setOwnerId(customer.owner())
            .setCreatedAt(closed)
            .setDeleted(false)
            .setSnapshotDate(customer.day(closed))
            .setChangedAt(closed)
            .setSource(Journal.SOURCE)
            .build(),
        closed);
  }

  /** Fifteen characters as Salesforce makes them. */
  private String code(String name) {
    return "5e%013x".formatted((FIRST_ID + customer.index) * 31 + name.length());
  }
}
