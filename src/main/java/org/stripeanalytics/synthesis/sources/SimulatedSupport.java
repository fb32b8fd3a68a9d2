package org.stripeanalytics.synthesis.sources;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.raw.IntercomCompany;
import org.stripeanalytics.model.raw.IntercomContact;
import org.stripeanalytics.model.raw.IntercomConversation;
import org.stripeanalytics.model.raw.ZendeskOrganization;
import org.stripeanalytics.model.raw.ZendeskTicket;
import org.stripeanalytics.model.raw.ZendeskUser;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.history.Journal;

/** Two support desks, and what they know of one customer. All shares are assumed. */
final class SimulatedSupport {
  private static final double IN_ZENDESK = 0.35;
  private static final double IN_INTERCOM = 0.45;
  private static final double NAMES_CUSTOMER = 0.80;
  private static final double WITH_COMPANY = 0.30;
  private static final long FIRST_ORGANIZATION = 150_000_000_000L;
  private static final int MOST_TICKETS = 3;
  private static final Duration ASKING = Duration.ofDays(730);
  private static final int DAYS_BEFORE_LEAVING = 60;
  private static final double BAD_OF_LEAVERS = 0.55;
  private static final double BAD = 0.08;
  private static final double RATED_BADLY = 0.70;
  private static final long ID_STEP = 10;

  private final KnownCustomer customer;

  SimulatedSupport(KnownCustomer customer) {
    this.customer = customer;
  }

  void simulate() {
    zendesk();
    intercom();
  }

  private void zendesk() {
    RandomStream own = customer.stream("zendesk");
    if (!own.chance(IN_ZENDESK)) {
      return;
    }
    List<Instant> asked =
        Stream.generate(() -> someTimeAfter(customer.truth.getSignedUpAt(), own))
            .limit(1 + own.nextInt(MOST_TICKETS))
            .filter(at -> at.isBefore(end()))
            .sorted()
            .toList();
    if (asked.isEmpty()) {
      return;
    }
    Instant created = asked.get(0);
    String user = String.valueOf(3_600_000_000_00L + customer.index);
    customer.collect(
        Tables.ZENDESK_USER,
        ZendeskUser.builder()
            .setId(user)
            .setEmail(customer.usual)
            .setExternalId(own.chance(NAMES_CUSTOMER) ? customer.truth.getCustomer() : null)
            .setName(customer.person.name())
            .setOrganizationId(organization(own.fork("organization"), created))
            .setRole("end-user")
            .setActive(true)
            .setCreatedAt(created)
            .setUpdatedAt(created)
            .setDeleted(false)
            .setSnapshotDate(customer.day(created))
            .setChangedAt(created)
            .setSource(Journal.SOURCE)
            .build(),
        created);
    customer.know("zendesk", "zendesk_user", user, customer.trouble, created);
    for (int i = 0; i < asked.size(); i++) {
      ticket(String.valueOf(1_000 + customer.index * ID_STEP + i), user, asked.get(i), own);
    }
  }

  /**
   * The organisation of a user, if there is one. Either it names its customer, or only its user
   * does.
   */
  private @Nullable String organization(RandomStream own, Instant at) {
    if (!own.chance(WITH_COMPANY)) {
      return null;
    }
    String id = String.valueOf(FIRST_ORGANIZATION + customer.index);
    customer.collect(
        Tables.ZENDESK_ORGANIZATION,
        ZendeskOrganization.builder()
            .setId(id)
            .setName(customer.company())
            .setExternalId(own.chance(NAMES_CUSTOMER) ? customer.truth.getCustomer() : null)
            .setCreatedAt(at)
            .setUpdatedAt(at)
            .setDeleted(false)
            .setSnapshotDate(customer.day(at))
            .setChangedAt(at)
            .setSource(Journal.SOURCE)
            .build(),
        at);
    customer.know("zendesk", "zendesk_organization", id, customer.trouble, at);
    return id;
  }

  private void ticket(String id, String user, Instant asked, RandomStream own) {
    boolean bad = isBad(asked, own);
    long minutes = minutes(own, bad ? 1_500 : 180);
    Instant solved = asked.plus(Duration.ofMinutes(minutes + own.between(10, 4_000)));
    ZendeskTicket.Builder ticket =
        ZendeskTicket.builder()
            .setId(id)
            .setRequesterId(user)
            .setStatus("open")
            .setPriority(own.chance(0.2) ? "high" : "normal")
            .setType("question")
            .setViaChannel("email")
            .setCreatedAt(asked)
            .setUpdatedAt(asked)
            .setDeleted(false)
            .setSource(Journal.SOURCE);
    if (!customer.day(asked).equals(customer.day(solved)) || !solved.isBefore(customer.end)) {
      customer.collect(
          Tables.ZENDESK_TICKET,
          ticket.setSnapshotDate(customer.day(asked)).setChangedAt(asked).build(),
          asked);
    }
    customer.collect(
        Tables.ZENDESK_TICKET,
        ticket
            .setStatus("solved")
            .setUpdatedAt(solved)
            .setFirstResponseMinutes(BigDecimal.valueOf(minutes))
            .setSatisfaction(bad && own.chance(RATED_BADLY) ? "bad" : "good")
            .setSnapshotDate(customer.day(solved))
            .setChangedAt(solved)
            .build(),
        solved);
  }

  private void intercom() {
    RandomStream own = customer.stream("intercom");
    if (!own.chance(IN_INTERCOM)) {
      return;
    }
    Instant created = customer.truth.getSignedUpAt().plusSeconds(own.between(5, 600));
    String id = "%024x".formatted(0x5f0000000000L + customer.index);
    customer.collect(
        Tables.INTERCOM_CONTACT,
        IntercomContact.builder()
            .setId(id)
            .setExternalId(own.chance(NAMES_CUSTOMER) ? customer.truth.getCustomer() : null)
            .setEmail(customer.usual)
            .setName(customer.person.name())
            .setRole("user")
            .setCreatedAt(created)
            .setUpdatedAt(created)
            .setDeleted(false)
            .setSnapshotDate(customer.day(created))
            .setChangedAt(created)
            .setSource(Journal.SOURCE)
            .build(),
        created);
    customer.know("intercom", "intercom_contact", id, customer.trouble, created);
    if (own.fork("company").chance(WITH_COMPANY)) {
      company(created);
    }
    Instant asked = someTimeAfter(created, own);
    if (own.chance(0.5) && asked.isBefore(end())) {
      boolean bad = isBad(asked, own);
      customer.collect(
          Tables.INTERCOM_CONVERSATION,
          IntercomConversation.builder()
              .setId(String.valueOf(21_000_000_000L + customer.index))
              .setAuthorId(id)
              .setState("closed")
              .setRating((long) (bad ? own.between(1, 2) : own.between(3, 5)))
              .setFirstResponseMinutes(BigDecimal.valueOf(minutes(own, bad ? 600 : 20)))
              .setCreatedAt(asked)
              .setUpdatedAt(asked)
              .setDeleted(false)
              .setSnapshotDate(customer.day(asked))
              .setChangedAt(asked)
              .setSource(Journal.SOURCE)
              .build(),
          asked);
    }
  }

  /** A company in Intercom needs the identifier that it has in its maker's own system. */
  private void company(Instant at) {
    String id = "%024x".formatted(0x6f0000000000L + customer.index);
    customer.collect(
        Tables.INTERCOM_COMPANY,
        IntercomCompany.builder()
            .setId(id)
            .setCompanyId(customer.truth.getCustomer())
            .setName(customer.company())
            .setCreatedAt(at)
            .setUpdatedAt(at)
            .setDeleted(false)
            .setSnapshotDate(customer.day(at))
            .setChangedAt(at)
            .setSource(Journal.SOURCE)
            .build(),
        at);
    customer.know("intercom", "intercom_company", id, customer.trouble, at);
  }

  /**
   * Somebody who is a customer for longer asks more, and nobody asks after the end. Questions that
   * were squeezed into what is left of the history would pile up at its end.
   */
  private static Instant someTimeAfter(Instant signedUp, RandomStream own) {
    return own.between(signedUp, signedUp.plus(ASKING));
  }

  /**
   * Of those who are about to leave more tickets are bad. So bad tickets say something about
   * leaving that is true, though they cause none of it.
   */
  private boolean isBad(Instant asked, RandomStream own) {
    return own.chance(customer.leavesWithin(DAYS_BEFORE_LEAVING, asked) ? BAD_OF_LEAVERS : BAD);
  }

  private static long minutes(RandomStream own, double median) {
    return Math.max(1, Math.round(own.nextLogNormal(median, 1.1)));
  }

  /** Nobody asks for help long after leaving. */
  private Instant end() {
    Instant left = customer.truth.getChurnedAt();
    return left == null ? customer.end : left;
  }
}
