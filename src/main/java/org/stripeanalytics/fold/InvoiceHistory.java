package org.stripeanalytics.fold;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.billing.ReportedAttempts;
import org.stripeanalytics.fold.billing.Settlements;
import org.stripeanalytics.fold.changes.ChargeSnapshot;
import org.stripeanalytics.fold.changes.InvoicePaymentSnapshot;
import org.stripeanalytics.fold.changes.InvoiceSnapshot;
import org.stripeanalytics.fold.changes.PaymentFailure;
import org.stripeanalytics.fold.changes.PaymentLink;
import org.stripeanalytics.fold.changes.Version;
import org.stripeanalytics.fold.state.InvoiceState;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.intermediate.InvoiceSettlement;
import org.stripeanalytics.model.intermediate.SettlementAttempt;
import org.stripeanalytics.model.raw.StatusTransitions;

/**
 * One invoice, the payments that belong to it and the attempts to collect it, over an interval. A
 * settlement is over on the day on which the invoice is paid or void: what is heard of it later
 * changes nothing.
 *
 * @param before its state when the interval starts; null where none is remembered
 * @param versions of the interval, in time order
 * @param payments of the interval
 * @param failures when events of the interval reported that an attempt had failed, in time order
 * @param charges versions of the charges for it, of the interval, in time order
 */
record InvoiceHistory(
    @Nullable InvoiceState before,
    List<InvoiceSnapshot> versions,
    List<InvoicePaymentSnapshot> payments,
    List<PaymentFailure> failures,
    List<ChargeSnapshot> charges) {
  private static final Set<String> SETTLED = Set.of("paid", "void");

  /** Collects what belongs to one invoice. */
  static final class Builder {
    private final List<InvoiceSnapshot> versions = new ArrayList<>();
    private final List<InvoicePaymentSnapshot> payments = new ArrayList<>();
    private final List<PaymentFailure> failures = new ArrayList<>();
    private final List<ChargeSnapshot> charges = new ArrayList<>();
    private @Nullable InvoiceState before;

    void remember(InvoiceState state) {
      before = state;
    }

    void add(InvoiceSnapshot version) {
      versions.add(version);
    }

    void add(InvoicePaymentSnapshot payment) {
      payments.add(payment);
    }

    void add(PaymentFailure failure) {
      failures.add(failure);
    }

    void add(ChargeSnapshot charge) {
      charges.add(charge);
    }

    InvoiceHistory build() {
      return new InvoiceHistory(before, versions, payments, failures, charges);
    }
  }

  /** Null where only payments of it were ever seen. */
  @Nullable InvoiceSnapshot newest() {
    if (!versions.isEmpty()) {
      return versions.get(versions.size() - 1);
    }
    return before == null ? null : before.getVersion();
  }

  /** Whether a version of it was known at an instant. */
  boolean isKnownAt(Instant end) {
    return before != null || (!versions.isEmpty() && versions.get(0).getChangedAt().isBefore(end));
  }

  /** Whether the interval brought anything of it. */
  boolean isTouched() {
    return !versions.isEmpty() || !payments.isEmpty() || !charges.isEmpty();
  }

  @Nullable LocalDate settledOn() {
    if (before != null && before.getSettledOn() != null) {
      return before.getSettledOn();
    }
    return versions.stream()
        .filter(version -> SETTLED.contains(String.valueOf(version.getStatus())))
        .map(InvoiceSnapshot::getSnapshotDate)
        .findFirst()
        .orElse(null);
  }

  /** The attempts in time order, until the settlement was over. */
  ImmutableList<SettlementAttempt> attempts(ZoneId zone) {
    LocalDate settledOn = settledOn();
    Map<String, SettlementAttempt> attempts = new TreeMap<>();
    if (before != null) {
      before.getAttempts().forEach(attempt -> attempts.put(attempt.getChargeId(), attempt));
    }
    for (ChargeSnapshot charge : charges) {
      if (!charge.isHold()
          && (settledOn == null || !Days.of(charge.getCreated(), zone).isAfter(settledOn))) {
        attempts.merge(
            charge.getId(), attempt(charge), (known, next) -> isOver(known) ? known : next);
      }
    }
    return ImmutableList.sortedCopyOf(
        Comparator.comparing(SettlementAttempt::getAttemptedAt)
            .thenComparing(SettlementAttempt::getChargeId),
        attempts.values());
  }

  /** As the invoice says, or by a payment that is neither an intent nor a charge. */
  private boolean isPaidOutOfBand(InvoiceSnapshot version) {
    return Boolean.TRUE.equals(version.getPaidOutOfBand())
        || links().stream()
            .anyMatch(link -> link.getPaymentIntent() == null && link.getCharge() == null);
  }

  /**
   * When an event first reported that an attempt had failed. An export shows that one has, and not
   * when.
   */
  private @Nullable Instant firstFailedAt() {
    if (before != null && before.getFirstFailedAt() != null) {
      return before.getFirstFailedAt();
    }
    return failures.isEmpty() ? null : failures.get(0).getCreated();
  }

  private static boolean isOver(SettlementAttempt attempt) {
    return !attempt.getStatus().equals("pending");
  }

  static SettlementAttempt attempt(ChargeSnapshot charge) {
    return SettlementAttempt.builder()
        .setChargeId(charge.getId())
        .setAttemptedAt(charge.getCreated())
        .setStatus(charge.getStatus())
        .setFailureCode(charge.failureReason())
        .build();
  }

  /** The payments that belong to it, by what they name. */
  ImmutableList<PaymentLink> links() {
    Set<PaymentLink> links = new LinkedHashSet<>();
    if (before != null) {
      links.addAll(before.getPayments());
    }
    payments.forEach(payment -> links.add(payment.getPayment()));
    return ImmutableList.copyOf(links);
  }

  /** Null for a draft, and where nothing but payments is known. */
  @Nullable InvoiceSettlement settlement(Catalog catalog, ReportingFrame frame) {
    InvoiceSnapshot version = settling();
    if (version == null || version.getStatus() == null || version.getStatus().equals("draft")) {
      return null;
    }
    return Settlements.of(
        version,
        attempts(frame.zone()),
        ReportedAttempts.of(version, firstFailedAt(), isPaidOutOfBand(version)),
        lastChange(version, frame.zone()),
        catalog,
        frame);
  }

  /** The version that settled it, else the newest. */
  private @Nullable InvoiceSnapshot settling() {
    return versions.stream()
        .filter(version -> SETTLED.contains(String.valueOf(version.getStatus())))
        .findFirst()
        .orElse(newest());
  }

  private LocalDate lastChange(InvoiceSnapshot version, ZoneId zone) {
    LocalDate last = version.getSnapshotDate();
    for (SettlementAttempt attempt : attempts(zone)) {
      LocalDate day = Days.of(attempt.getAttemptedAt(), zone);
      last = day.isAfter(last) ? day : last;
    }
    LocalDate settledOn = settledOn();
    return settledOn != null && last.isAfter(settledOn) ? settledOn : last;
  }

  /** What to remember of it at the end of the interval. */
  InvoiceState state(ZoneId zone) {
    InvoiceSnapshot.Builder version =
        newest().toBuilder()
            .setBillingReason(null)
            .setTotalDiscountAmounts(List.of())
            .setLines(List.of());
    if (settledOn() != null) {
      // Its settlement has been told and is not told again; its amounts are only looked at there.
      version
          .setSubtotal(0)
          .setTotal(0)
          .setAmountDue(0)
          .setAmountPaid(0)
          .setAmountRemaining(0)
          .setNextPaymentAttempt(null)
          .setStatusTransitions(StatusTransitions.builder().build());
    }
    return InvoiceState.builder()
        .setVersion(version.build())
        .setPayments(links())
        .setAttempts(attempts(zone))
        .setFirstFailedAt(firstFailedAt())
        .setSettledOn(settledOn())
        .build();
  }

  /** The same as it was known at an instant. */
  InvoiceHistory before(Instant end) {
    return new InvoiceHistory(
        before,
        earlier(versions, end),
        earlier(payments, end),
        earlier(failures, end),
        earlier(charges, end));
  }

  private static <V extends Version> List<V> earlier(List<V> versions, Instant end) {
    return versions.stream().filter(version -> version.getChangedAt().isBefore(end)).toList();
  }
}
