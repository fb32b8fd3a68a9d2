package org.stripeanalytics.fold;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.billing.Settlements;
import org.stripeanalytics.fold.changes.ChangeLog;
import org.stripeanalytics.fold.changes.ChargeSnapshot;
import org.stripeanalytics.fold.changes.InvoicePaymentSnapshot;
import org.stripeanalytics.fold.changes.InvoiceSnapshot;
import org.stripeanalytics.fold.changes.PaymentFailure;
import org.stripeanalytics.fold.changes.PaymentLink;
import org.stripeanalytics.fold.state.CustomerState;
import org.stripeanalytics.fold.state.InvoiceState;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.fold.timeline.BilledInvoice;
import org.stripeanalytics.fold.timeline.ChargeOrigin;
import org.stripeanalytics.fold.timeline.PaymentAttempt;
import org.stripeanalytics.model.intermediate.InvoiceSettlement;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.model.intermediate.SettlementAttempt;

/**
 * Brings one customer's invoices, payments and charges together over an interval. Invoices and
 * charges do not name each other: an invoice payment names the invoice and the payment intent, and
 * each charge its payment intent.
 */
final class BillingFold {
  private final CustomerState state;
  private final ChangeLog changes;
  private final Catalog catalog;
  private final ReportingFrame frame;
  private final Instant from;
  private final ImmutableSortedMap<String, InvoiceHistory> invoices;

  /** Which invoice a charge is for, by its payment intent or its own id. */
  private final Map<String, String> invoiceOf = new HashMap<>();

  /** The interval's charges by id, each as it was first seen. */
  private final Map<String, ChargeSnapshot> charges = new HashMap<>();

  /** The same, each as it was last seen. */
  private final Map<String, ChargeSnapshot> lastSeen = new HashMap<>();

  /**
   * @param from first instant of the interval
   */
  BillingFold(
      CustomerState state, ChangeLog changes, Instant from, Catalog catalog, ReportingFrame frame) {
    this.state = state;
    this.changes = changes;
    this.from = from;
    this.catalog = catalog;
    this.frame = frame;
    this.invoices = gather();
    for (ChargeSnapshot charge : changes.charges()) {
      charges.putIfAbsent(charge.getId(), charge);
      lastSeen.put(charge.getId(), charge);
    }
  }

  private ImmutableSortedMap<String, InvoiceHistory> gather() {
    TreeMap<String, InvoiceHistory.Builder> gathered = new TreeMap<>();
    for (InvoiceState invoice : state.getInvoices()) {
      at(gathered, invoice.getVersion().getId()).remember(invoice);
      invoice.getPayments().forEach(link -> link(link, invoice.getVersion().getId()));
    }
    for (InvoiceSnapshot version : changes.invoices()) {
      at(gathered, version.getId()).add(version);
    }
    for (InvoicePaymentSnapshot payment : changes.invoicePayments()) {
      at(gathered, payment.getInvoice()).add(payment);
      link(payment.getPayment(), payment.getInvoice());
    }
    for (PaymentFailure failure : changes.paymentFailures()) {
      at(gathered, failure.getObjectId()).add(failure);
    }
    for (ChargeSnapshot charge : changes.charges()) {
      String invoice = invoiceOf(charge);
      if (invoice != null) {
        at(gathered, invoice).add(charge);
      }
    }
    ImmutableSortedMap.Builder<String, InvoiceHistory> built = ImmutableSortedMap.naturalOrder();
    gathered.forEach((id, invoice) -> built.put(id, invoice.build()));
    return built.build();
  }

  private static InvoiceHistory.Builder at(
      Map<String, InvoiceHistory.Builder> gathered, String invoice) {
    return gathered.computeIfAbsent(invoice, id -> new InvoiceHistory.Builder());
  }

  private void link(PaymentLink payment, String invoice) {
    if (payment.getPaymentIntent() != null) {
      invoiceOf.put(payment.getPaymentIntent(), invoice);
    }
    if (payment.getCharge() != null) {
      invoiceOf.put(payment.getCharge(), invoice);
    }
  }

  private @Nullable String invoiceOf(ChargeSnapshot charge) {
    String byIntent =
        charge.getPaymentIntent() == null ? null : invoiceOf.get(charge.getPaymentIntent());
    return byIntent != null ? byIntent : invoiceOf.get(charge.getId());
  }

  private @Nullable String subscriptionOf(@Nullable String invoice) {
    InvoiceHistory history = invoice == null ? null : invoices.get(invoice);
    return history == null || history.newest() == null
        ? null
        : Settlements.subscription(history.newest());
  }

  /** The newest versions of the invoices that the interval changed. */
  ImmutableList<BilledInvoice> invoices() {
    return invoices.values().stream()
        .filter(invoice -> !invoice.versions().isEmpty())
        .map(InvoiceHistory::newest)
        .map(this::billed)
        .collect(ImmutableList.toImmutableList());
  }

  private BilledInvoice billed(InvoiceSnapshot invoice) {
    return BilledInvoice.builder()
        .setVersion(invoice.toBuilder().setLines(List.of()).build())
        .setTotalReportingMinor(converted(invoice.getTotal(), invoice.getCurrency()))
        .setAmountDueReportingMinor(converted(invoice.getAmountDue(), invoice.getCurrency()))
        .setAmountPaidReportingMinor(converted(invoice.getAmountPaid(), invoice.getCurrency()))
        .build();
  }

  /** Minor units of the reporting currency. */
  long converted(long minor, String currency) {
    return catalog.convert(minor, currency, frame.currency());
  }

  /** The settlements that the interval changed. */
  ImmutableList<InvoiceSettlement> settlements() {
    ImmutableList.Builder<InvoiceSettlement> settlements = ImmutableList.builder();
    for (InvoiceHistory invoice : invoices.values()) {
      if (invoice.isTouched() && !isOverSinceLong(invoice)) {
        InvoiceSettlement settlement = invoice.settlement(catalog, frame);
        if (settlement != null) {
          settlements.add(settlement);
        }
      }
    }
    return settlements.build();
  }

  /** Settled before the interval: it was published then, and no longer changes. */
  private boolean isOverSinceLong(InvoiceHistory invoice) {
    return invoice.before() == null
        ? isForgotten(invoice)
        : invoice.before().getSettledOn() != null;
  }

  /** Known before the interval and no longer remembered: its settlement was over long ago. */
  private boolean isForgotten(InvoiceHistory invoice) {
    InvoiceSnapshot newest = invoice.newest();
    return invoice.before() == null
        && newest != null
        && changes.origins().containsKey(newest.getId());
  }

  /** The charges that the interval brought or decided, each as first decided. */
  ImmutableList<PaymentAttempt> attempts() {
    Map<String, ChargeSnapshot> decided = new LinkedHashMap<>();
    Set<String> waited = new HashSet<>(state.getUndecidedCharges());
    for (ChargeSnapshot charge : changes.charges()) {
      if (isOpen(charge)) {
        if (charge.isUndecided()) {
          waited.add(charge.getId());
        }
        decided.merge(charge.getId(), charge, (known, next) -> known.isUndecided() ? next : known);
      }
    }
    List<ChargeSnapshot> inOrder = new ArrayList<>(decided.values());
    inOrder.sort(
        Comparator.comparing(ChargeSnapshot::getCreated).thenComparing(ChargeSnapshot::getId));
    Map<String, Integer> outsideInvoices = new HashMap<>();
    ImmutableList.Builder<PaymentAttempt> attempts = ImmutableList.builder();
    for (ChargeSnapshot charge : inOrder) {
      String invoice = invoiceOf(charge);
      attempts.add(
          PaymentAttempt.builder()
              .setCharge(charge)
              .setDecidedAt(decidedAt(charge, waited))
              .setInvoiceId(invoice)
              .setSubscriptionId(subscriptionOf(invoice))
              .setAttemptNumber(
                  invoice == null
                      ? outsideInvoices.merge(purchase(charge), 1, Integer::sum)
                      : place(charge, invoices.get(invoice)))
              .setAmountReportingMinor(converted(charge.chargedAmount(), charge.getCurrency()))
              .build());
    }
    return attempts.build();
  }

  /**
   * A charge that was never seen undecided was decided when it was made, whenever its version is
   * from: an import lists charges long afterwards.
   */
  private static @Nullable Instant decidedAt(ChargeSnapshot charge, Set<String> waited) {
    if (charge.isUndecided()) {
      return null;
    }
    return waited.contains(charge.getId()) ? charge.getChangedAt() : charge.getCreated();
  }

  /** All attempts at it have the same; before payment intents, each was one of its own. */
  private static String purchase(ChargeSnapshot charge) {
    return charge.getPaymentIntent() == null ? charge.getId() : charge.getPaymentIntent();
  }

  /** Whether an earlier interval has not published the charge as decided. */
  private boolean isOpen(ChargeSnapshot charge) {
    return !charge.getCreated().isBefore(from)
        || !changes.origins().containsKey(charge.getId())
        || state.getUndecidedCharges().contains(charge.getId());
  }

  /** The charges that were seen and not decided at an instant, by id. */
  ImmutableList<String> undecidedAt(Instant end) {
    TreeMap<String, Boolean> undecided = new TreeMap<>();
    state.getUndecidedCharges().forEach(id -> undecided.put(id, true));
    for (ChargeSnapshot charge : changes.charges()) {
      if (charge.getChangedAt().isBefore(end)) {
        undecided.merge(charge.getId(), charge.isUndecided(), (known, next) -> known && next);
      }
    }
    return undecided.entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .collect(ImmutableList.toImmutableList());
  }

  /** Whether a charge never was more than a hold, so that giving back its money is no refund. */
  boolean isHold(@Nullable String chargeId) {
    if (chargeId == null) {
      return false;
    }
    ChargeSnapshot charge = lastSeen.get(chargeId);
    return charge == null ? state.getUndecidedCharges().contains(chargeId) : charge.isHold();
  }

  private long place(ChargeSnapshot charge, InvoiceHistory invoice) {
    long place = 1;
    for (SettlementAttempt attempt : invoice.attempts(frame.zone())) {
      if (attempt.getChargeId().equals(charge.getId())) {
        return place;
      }
      place++;
    }
    return place;
  }

  /** What is known of the charge that a refund or dispute is about. */
  ChargeOrigin origin(@Nullable String chargeId, String askedBy) {
    ChargeOrigin.Builder origin = ChargeOrigin.builder().setChargeId(chargeId);
    ChargeSnapshot charge = charges.get(chargeId);
    if (charge == null) {
      ObjectOwner stored = changes.origins().get(askedBy);
      return stored == null ? origin.build() : stored(origin, stored);
    }
    String invoice = invoiceOf(charge);
    ObjectOwner stored = changes.origins().get(chargeId);
    if (invoice == null && stored != null) {
      return stored(origin, stored);
    }
    return origin
        .setChargedAt(charge.getCreated())
        .setNetwork(charge.network())
        .setInvoiceId(invoice)
        .setSubscriptionId(subscriptionOf(invoice))
        .build();
  }

  private static ChargeOrigin stored(ChargeOrigin.Builder origin, ObjectOwner stored) {
    return origin
        .setChargedAt(stored.getChargedAt())
        .setNetwork(stored.getNetwork())
        .setInvoiceId(stored.getInvoiceId())
        .setSubscriptionId(stored.getSubscriptionId())
        .build();
  }

  /**
   * What to remember at an instant: invoices whose settlement may go on or has just ended, and the
   * newest invoice of each subscription.
   */
  ImmutableList<InvoiceState> statesAt(Instant end) {
    LocalDate month = Days.of(end, frame.zone()).minusDays(1).withDayOfMonth(1);
    TreeMap<String, InvoiceHistory> kept = new TreeMap<>();
    TreeMap<String, InvoiceHistory> newestOf = new TreeMap<>();
    for (InvoiceHistory invoice : invoices.values()) {
      if (!invoice.isKnownAt(end) || isForgotten(invoice)) {
        continue;
      }
      LocalDate settledOn = invoice.settledOn();
      if (settledOn == null || !settledOn.isBefore(month)) {
        kept.put(invoice.newest().getId(), invoice);
      }
      String subscription = Settlements.subscription(invoice.newest());
      if (subscription != null) {
        newestOf.merge(subscription, invoice, BillingFold::newer);
      }
    }
    newestOf.values().forEach(newest -> kept.put(newest.newest().getId(), newest));
    return kept.values().stream()
        .map(invoice -> invoice.before(end).state(frame.zone()))
        .collect(ImmutableList.toImmutableList());
  }

  private static InvoiceHistory newer(InvoiceHistory known, InvoiceHistory next) {
    int order = known.newest().getCreated().compareTo(next.newest().getCreated());
    if (order == 0) {
      order = known.newest().getId().compareTo(next.newest().getId());
    }
    return order > 0 ? known : next;
  }
}
