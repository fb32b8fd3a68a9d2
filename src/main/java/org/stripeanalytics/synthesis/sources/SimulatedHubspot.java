package org.stripeanalytics.synthesis.sources;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.raw.HubspotCompany;
import org.stripeanalytics.model.raw.HubspotContact;
import org.stripeanalytics.model.raw.HubspotContactMergeAudit;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.history.Journal;

/** A CRM that begins with contacts: what it knows of one customer. All shares are assumed. */
final class SimulatedHubspot {
  private static final double KNOWN = 0.92;
  private static final double WITH_COMPANY = 0.60;
  private static final double DUPLICATE = 0.05;
  private static final double MERGED = 0.02;

  /** Room for the contacts of one customer among ids. */
  private static final long ID_STEP = 10;

  private static final long FIRST_ID = 10_000_000;

  private static final long FIRST_COMPANY = 5_000_000_000L;

  private final KnownCustomer customer;

  /** The company of its contacts; null without one. */
  private @Nullable String company;

  SimulatedHubspot(KnownCustomer customer) {
    this.customer = customer;
  }

  void simulate() {
    if (customer.index == 0) {
      // The stages are the account's, so the first customer of any number brings them.
      SimulatedDeals.collectStages(customer);
    }
    RandomStream own = customer.stream("hubspot");
    if (!own.chance(KNOWN)) {
      return;
    }
    Instant created = customer.truth.getSignedUpAt().plusSeconds(own.between(30, 3_600));
    boolean duplicate = own.chance(DUPLICATE);
    boolean merged = own.chance(MERGED);
    String id = id(0);
    company =
        customer.stream("hubspot").fork("company").chance(WITH_COMPANY) ? company(created) : null;
    contact(id, customer.usual, merged ? List.of(id(2)) : List.of(), created, customer.trouble);
    if (duplicate) {
      Instant again = created.plus(Duration.ofDays(own.between(1, 60)));
      contact(id(1), customer.usual, List.of(), again, "duplicate");
    }
    if (merged) {
      Instant before = created.minus(Duration.ofDays(own.between(1, 30)));
      String address = "old." + customer.index + "@mail.example.com";
      collect(contact(id(2), address, List.of(), before).build(), before);
      know(id(2), "merged", before);
      merge(id, id(2), created.plus(Duration.ofDays(1)));
    }
    new SimulatedDeals(customer).simulate(id, company, created);
  }

  /** It has no domain, as many of whom only the contacts tell who they are. */
  private String company(Instant at) {
    String id = String.valueOf(FIRST_COMPANY + customer.index);
    customer.collect(
        Tables.HUBSPOT_COMPANY,
        HubspotCompany.builder()
            .setId(id)
            .setName(customer.company())
            .setOwnerId(customer.owner())
            .setCreatedAt(at)
            .setDeleted(false)
            .setSnapshotDate(customer.day(at))
            .setChangedAt(at)
            .setSource(Journal.SOURCE)
            .build(),
        at);
    customer.know("hubspot", "hubspot_company", id, customer.trouble, at);
    return id;
  }

  /** A lead until the first payment, then a customer. */
  private void contact(
      String id, String email, List<String> merged, Instant at, @Nullable String why) {
    NavigableMap<Instant, HubspotContact> versions = new TreeMap<>();
    HubspotContact.Builder row = contact(id, email, merged, at);
    versions.put(at, row.build());
    Instant paid = customer.truth.getFirstPaymentAt();
    if (paid != null) {
      Instant changed = paid.isAfter(at) ? paid : at;
      row.setLifecycleStage("customer").setSnapshotDate(customer.day(changed));
      versions.put(changed, row.setChangedAt(changed).build());
    }
    customer.collect(Tables.HUBSPOT_CONTACT, versions);
    know(id, why, at);
  }

  private HubspotContact.Builder contact(
      String id, String email, List<String> merged, Instant created) {
    return HubspotContact.builder()
        .setId(id)
        .setEmail(email)
        .setFirstName(customer.person.name().split(" ")[0])
        .setLifecycleStage("lead")
        .setOwnerId(customer.owner())
        .setCompanyId(company)
        .setMergedIds(merged)
        .setCreatedAt(created)
        .setDeleted(false)
        .setSnapshotDate(customer.day(created))
        .setChangedAt(created)
        .setSource(Journal.SOURCE);
  }

  private void merge(String into, String from, Instant when) {
    customer.collect(
        Tables.HUBSPOT_CONTACT_MERGE_AUDIT,
        HubspotContactMergeAudit.builder()
            .setCanonicalId(into)
            .setMergedId(from)
            .setMergedAt(when)
            .setSnapshotDate(customer.day(when))
            .setChangedAt(when)
            .setSource(Journal.SOURCE)
            .build(),
        when);
  }

  private void collect(HubspotContact row, Instant at) {
    customer.collect(Tables.HUBSPOT_CONTACT, row, at);
  }

  private void know(String id, @Nullable String why, Instant at) {
    customer.know("hubspot", "hubspot_contact", id, why, at);
  }

  private String id(int contact) {
    return String.valueOf(FIRST_ID + customer.index * ID_STEP + contact);
  }
}
