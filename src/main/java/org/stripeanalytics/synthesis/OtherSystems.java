package org.stripeanalytics.synthesis;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.raw.HubspotContact;
import org.stripeanalytics.model.raw.HubspotContactMergeAudit;
import org.stripeanalytics.model.raw.IntercomContact;
import org.stripeanalytics.model.raw.IntercomConversation;
import org.stripeanalytics.model.raw.SalesforceAccount;
import org.stripeanalytics.model.raw.SalesforceContact;
import org.stripeanalytics.model.raw.SalesforceLead;
import org.stripeanalytics.model.raw.SalesforceOpportunity;
import org.stripeanalytics.model.raw.ZendeskTicket;
import org.stripeanalytics.model.raw.ZendeskUser;
import org.stripeanalytics.model.truth.CustomerTruth;
import org.stripeanalytics.model.truth.TrueIdentity;

/**
 * What CRM and support systems know of one customer, with the trouble that such systems have:
 * contacts that are there twice, were merged, share a mailbox, have another address than in Stripe
 * or a tag in it, leads that became contacts. All shares are assumed. It follows from the
 * customer's own stream and history, and changes nothing of what Stripe has.
 */
final class OtherSystems {
  private static final double IN_HUBSPOT = 0.92;
  private static final double IN_SALESFORCE = 0.30;
  private static final double CONVERTED = 0.60;
  private static final double IN_ZENDESK = 0.35;
  private static final double IN_INTERCOM = 0.45;
  private static final double NAMES_CUSTOMER = 0.80;

  private static final double OTHER_ADDRESS = 0.08;
  private static final double TAG = 0.03;
  private static final double SHARED_MAILBOX = 0.01;
  private static final double DUPLICATE = 0.05;
  private static final double MERGED = 0.02;

  /** Of so many customers, those who share a mailbox share the same: five or so. */
  private static final int SHARING = 500;

  /** Room for the contacts of one customer among ids. */
  private static final long ID_STEP = 10;

  private static final long FIRST_ID = 10_000_000;

  private final Population population;
  private final long index;
  private final CustomerTruth truth;
  private final Person person;
  private final RandomStream stream;
  private final SourceCollector out;
  private final String usual;
  private final @Nullable String trouble;
  private final Instant end;

  private OtherSystems(
      Population population, long index, CustomerTruth truth, SourceCollector out) {
    this.population = population;
    this.index = index;
    this.truth = truth;
    this.out = out;
    RandomStream customer = population.customer(index);
    this.person = People.of(truth.getCountry()).pick(customer.fork("person"));
    this.stream = customer.fork("other systems");
    this.end = population.account.endInstant();
    double u = stream.nextDouble();
    if (u < OTHER_ADDRESS) {
      trouble = "other_address";
      usual = "private." + index + "@mail.example.com";
    } else if (u < OTHER_ADDRESS + TAG) {
      trouble = "tag";
      usual = person.email().replace("@", "+crm@");
    } else if (u < OTHER_ADDRESS + TAG + SHARED_MAILBOX) {
      trouble = "shared_mailbox";
      usual = "team" + index / SHARING + "@shared.example.org";
    } else {
      trouble = null;
      usual = person.email();
    }
  }

  /** Tells what other systems know of a customer. */
  static void simulate(
      Population population, long index, CustomerTruth truth, SourceCollector out) {
    OtherSystems systems = new OtherSystems(population, index, truth, out);
    systems.hubspot();
    systems.salesforce();
    systems.zendesk();
    systems.intercom();
  }

  private void hubspot() {
    RandomStream own = stream.fork("hubspot");
    if (!own.chance(IN_HUBSPOT)) {
      return;
    }
    Instant created = truth.getSignedUpAt().plusSeconds(own.between(30, 3_600));
    boolean duplicate = own.chance(DUPLICATE);
    boolean merged = own.chance(MERGED);
    String id = id(0);
    contact(id, usual, merged ? List.of(id(2)) : List.of(), created, trouble);
    if (duplicate) {
      contact(
          id(1), usual, List.of(), created.plus(Duration.ofDays(own.between(1, 60))), "duplicate");
    }
    if (merged) {
      Instant before = created.minus(Duration.ofDays(own.between(1, 30)));
      contact(id(2), "old." + index + "@mail.example.com", List.of(), before, "merged");
      Instant when = created.plus(Duration.ofDays(1));
      collect(
          Tables.HUBSPOT_CONTACT_MERGE_AUDIT,
          HubspotContactMergeAudit.builder()
              .setCanonicalId(id)
              .setMergedId(id(2))
              .setMergedAt(when)
              .setSnapshotDate(day(when))
              .setChangedAt(when)
              .setSource(Journal.SOURCE)
              .build(),
          when);
    }
  }

  private void contact(
      String id, String email, List<String> merged, Instant at, @Nullable String why) {
    collect(
        Tables.HUBSPOT_CONTACT,
        HubspotContact.builder()
            .setId(id)
            .setEmail(email)
            .setFirstName(person.name().split(" ")[0])
            .setLifecycleStage(truth.getFirstPaymentAt() == null ? "lead" : "customer")
            .setOwnerId(String.valueOf(1 + index % 7))
            .setMergedIds(merged)
            .setCreatedAt(at)
            .setDeleted(false)
            .setSnapshotDate(day(at))
            .setChangedAt(at)
            .setSource(Journal.SOURCE)
            .build(),
        at);
    know("hubspot", "hubspot_contact", id, why, at);
  }

  /** The lead has the address by which it was first met, and what it becomes the one of Stripe. */
  private void salesforce() {
    RandomStream own = stream.fork("salesforce");
    if (!own.chance(IN_SALESFORCE)) {
      return;
    }
    Instant created = truth.getSignedUpAt().plusSeconds(own.between(60, 86_400));
    Instant closed = created.plus(Duration.ofDays(own.between(3, 40)));
    boolean converted = own.chance(CONVERTED) && closed.isBefore(end);
    String lead = "00Q" + code("lead");
    String contact = "003" + code("contact");
    String account = "001" + code("account");
    String opportunity = "006" + code("opportunity");
    SalesforceLead.Builder row =
        SalesforceLead.builder()
            .setId(lead)
            .setEmail(usual)
            .setLeadSource(truth.getChannel())
            .setStatus("Open")
            .setIsConverted(false)
            .setOwnerId(String.valueOf(1 + index % 7))
            .setCreatedAt(created)
            .setDeleted(false)
            .setSource(Journal.SOURCE);
    collect(
        Tables.SALESFORCE_LEAD,
        row.setSnapshotDate(day(created)).setChangedAt(created).build(),
        created);
    know(
        "salesforce",
        "salesforce_lead",
        lead,
        trouble == null && converted ? "converted_lead" : trouble,
        created);
    if (!converted) {
      return;
    }
    collect(
        Tables.SALESFORCE_LEAD,
        row.setStatus("Converted")
            .setIsConverted(true)
            .setConvertedOn(day(closed))
            .setConvertedAccountId(account)
            .setConvertedContactId(contact)
            .setConvertedOpportunityId(opportunity)
            .setSnapshotDate(day(closed))
            .setChangedAt(closed)
            .build(),
        closed);
    collect(
        Tables.SALESFORCE_ACCOUNT,
        SalesforceAccount.builder()
            .setId(account)
            .setName(person.name())
            .setOwnerId(String.valueOf(1 + index % 7))
            .setCreatedAt(closed)
            .setDeleted(false)
            .setSnapshotDate(day(closed))
            .setChangedAt(closed)
            .setSource(Journal.SOURCE)
            .build(),
        closed);
    boolean shared = "shared_mailbox".equals(trouble);
    collect(
        Tables.SALESFORCE_CONTACT,
        SalesforceContact.builder()
            .setId(contact)
            .setAccountId(account)
            .setEmail(shared ? usual : person.email())
            .setLeadSource(truth.getChannel())
            .setOwnerId(String.valueOf(1 + index % 7))
            .setCreatedAt(closed)
            .setDeleted(false)
            .setSnapshotDate(day(closed))
            .setChangedAt(closed)
            .setSource(Journal.SOURCE)
            .build(),
        closed);
    know("salesforce", "salesforce_contact", contact, shared ? trouble : null, closed);
    boolean won = truth.getFirstPaymentAt() != null;
    collect(
        Tables.SALESFORCE_OPPORTUNITY,
        SalesforceOpportunity.builder()
            .setId(opportunity)
            .setAccountId(account)
            .setAmount(amount())
            .setStageName(won ? "Closed Won" : "Closed Lost")
            .setIsWon(won)
            .setIsClosed(true)
            .setClosedOn(day(closed))
            .setLeadSource(truth.getChannel())
            .setOwnerId(String.valueOf(1 + index % 7))
            .setCreatedAt(closed)
            .setDeleted(false)
            .setSnapshotDate(day(closed))
            .setChangedAt(closed)
            .setSource(Journal.SOURCE)
            .build(),
        closed);
  }

  /** A year at the list price of the first plan, which is what sales hopes for. */
  private BigDecimal amount() {
    Profile.Plan plan =
        truth.getPlan() == null ? null : population.profile.plans().get(truth.getPlan());
    return plan == null ? BigDecimal.ZERO : BigDecimal.valueOf(12 * plan.monthlyPrice(), 2);
  }

  private void zendesk() {
    RandomStream own = stream.fork("zendesk");
    if (!own.chance(IN_ZENDESK)) {
      return;
    }
    Instant created = own.between(truth.getSignedUpAt(), lastDay());
    String user = String.valueOf(3_600_000_000_00L + index);
    collect(
        Tables.ZENDESK_USER,
        ZendeskUser.builder()
            .setId(user)
            .setEmail(usual)
            .setExternalId(own.chance(NAMES_CUSTOMER) ? truth.getCustomer() : null)
            .setName(person.name())
            .setRole("end-user")
            .setActive(true)
            .setCreatedAt(created)
            .setUpdatedAt(created)
            .setDeleted(false)
            .setSnapshotDate(day(created))
            .setChangedAt(created)
            .setSource(Journal.SOURCE)
            .build(),
        created);
    know("zendesk", "zendesk_user", user, trouble, created);
    int tickets = 1 + own.nextInt(3);
    for (int i = 0; i < tickets; i++) {
      Instant asked = i == 0 ? created : own.between(created, lastDay());
      long minutes = Math.max(1, Math.round(own.nextLogNormal(180, 1.2)));
      Instant solved = asked.plus(Duration.ofMinutes(minutes + own.between(10, 4_000)));
      ZendeskTicket.Builder ticket =
          ZendeskTicket.builder()
              .setId(String.valueOf(1_000 + index * ID_STEP + i))
              .setRequesterId(user)
              .setStatus("open")
              .setPriority(own.chance(0.2) ? "high" : "normal")
              .setType("question")
              .setViaChannel("email")
              .setCreatedAt(asked)
              .setUpdatedAt(asked)
              .setDeleted(false)
              .setSource(Journal.SOURCE);
      if (!day(asked).equals(day(solved)) || !solved.isBefore(end)) {
        collect(
            Tables.ZENDESK_TICKET,
            ticket.setSnapshotDate(day(asked)).setChangedAt(asked).build(),
            asked);
      }
      collect(
          Tables.ZENDESK_TICKET,
          ticket
              .setStatus("solved")
              .setUpdatedAt(solved)
              .setFirstResponseMinutes(BigDecimal.valueOf(minutes))
              .setSatisfaction(minutes > 600 && own.chance(0.5) ? "bad" : "good")
              .setSnapshotDate(day(solved))
              .setChangedAt(solved)
              .build(),
          solved);
    }
  }

  private void intercom() {
    RandomStream own = stream.fork("intercom");
    if (!own.chance(IN_INTERCOM)) {
      return;
    }
    Instant created = truth.getSignedUpAt().plusSeconds(own.between(5, 600));
    String id = "%024x".formatted(0x5f0000000000L + index);
    collect(
        Tables.INTERCOM_CONTACT,
        IntercomContact.builder()
            .setId(id)
            .setExternalId(own.chance(NAMES_CUSTOMER) ? truth.getCustomer() : null)
            .setEmail(usual)
            .setName(person.name())
            .setRole("user")
            .setCreatedAt(created)
            .setUpdatedAt(created)
            .setDeleted(false)
            .setSnapshotDate(day(created))
            .setChangedAt(created)
            .setSource(Journal.SOURCE)
            .build(),
        created);
    know("intercom", "intercom_contact", id, trouble, created);
    if (own.chance(0.5)) {
      Instant asked = own.between(created, lastDay());
      collect(
          Tables.INTERCOM_CONVERSATION,
          IntercomConversation.builder()
              .setId(String.valueOf(21_000_000_000L + index))
              .setAuthorId(id)
              .setState("closed")
              .setRating((long) own.between(2, 5))
              .setFirstResponseMinutes(
                  BigDecimal.valueOf(Math.max(1, Math.round(own.nextLogNormal(20, 1)))))
              .setCreatedAt(asked)
              .setUpdatedAt(asked)
              .setDeleted(false)
              .setSnapshotDate(day(asked))
              .setChangedAt(asked)
              .setSource(Journal.SOURCE)
              .build(),
          asked);
    }
  }

  /** Nobody asks for help long after leaving. */
  private Instant lastDay() {
    Instant left = truth.getChurnedAt() == null ? end : truth.getChurnedAt();
    return left.isAfter(truth.getSignedUpAt()) ? left : truth.getSignedUpAt().plusSeconds(3_600);
  }

  private void know(String source, String object, String id, @Nullable String why, Instant at) {
    if (at.isBefore(end)) {
      out.collect(
          TrueIdentity.builder()
              .setSource(source)
              .setObject(object)
              .setSourceId(id)
              .setCustomerId(truth.getCustomer())
              .setTrouble(why == null ? "none" : why)
              .build());
    }
  }

  private <T> void collect(WarehouseTable<T> table, T row, Instant at) {
    if (at.isBefore(end)) {
      out.collect(table, row, at);
    }
  }

  private String id(int contact) {
    return String.valueOf(FIRST_ID + index * ID_STEP + contact);
  }

  /** Fifteen characters as Salesforce makes them. */
  private String code(String name) {
    return "5e%013x".formatted((FIRST_ID + index) * 31 + name.length());
  }

  private LocalDate day(Instant at) {
    ZoneId zone = population.account.zone();
    return LocalDate.ofInstant(at, zone);
  }
}
