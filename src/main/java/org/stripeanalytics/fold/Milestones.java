package org.stripeanalytics.fold;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.changes.ChangeLog;
import org.stripeanalytics.fold.changes.CustomerSnapshot;
import org.stripeanalytics.fold.changes.InvoiceSnapshot;
import org.stripeanalytics.fold.changes.Version;
import org.stripeanalytics.fold.state.CustomerState;
import org.stripeanalytics.fold.state.FirstPayment;
import org.stripeanalytics.fold.state.Trial;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.timeline.CustomerSegments;
import org.stripeanalytics.fold.timeline.MrrHistory;
import org.stripeanalytics.model.intermediate.CustomerMilestones;

/** What a customer has reached: signup, trial, first payment, and revenue some time after it. */
final class Milestones {
  private static final ImmutableList<Integer> RETAINED_AFTER_DAYS = ImmutableList.of(30, 90, 365);

  private final CustomerState before;
  private final ChangeLog changes;
  private final MrrHistory revenue;
  private final ZoneId zone;

  Milestones(CustomerState before, ChangeLog changes, MrrHistory revenue, ZoneId zone) {
    this.before = before;
    this.changes = changes;
    this.revenue = revenue;
    this.zone = zone;
  }

  /** Every trial that a version of a subscription has had, as known at an instant. */
  ImmutableSet<Trial> trialsAt(Instant end) {
    Set<Trial> trials = new LinkedHashSet<>(before.getTrials());
    changes.subscriptions().values().stream()
        .flatMap(List::stream)
        .filter(version -> version.getTrialStart() != null)
        .filter(version -> version.getChangedAt().isBefore(end))
        .sorted(Version.IN_TIME_ORDER)
        .map(
            version ->
                Trial.builder()
                    .setStartedAt(version.getTrialStart())
                    .setEndsAt(version.getTrialEnd())
                    .build())
        .forEach(trials::add);
    return ImmutableSet.copyOf(trials);
  }

  /** Null for a customer whose object never arrived. */
  @Nullable CustomerMilestones at(Instant end, CustomerProfile profile, CustomerSegments segments) {
    CustomerSnapshot customer = profile.newest();
    if (customer == null) {
      return null;
    }
    FirstPayment payment = firstPaymentAt(end);
    Instant paid = payment == null ? null : payment.getPaidAt();
    List<Trial> trials =
        trialsAt(end).stream()
            .filter(trial -> paid == null || !trial.getStartedAt().isAfter(paid))
            .toList();
    CustomerMilestones milestones =
        CustomerMilestones.builder()
            .setCustomerId(customer.getId())
            .setSignedUpOn(Days.of(customer.getCreated(), zone))
            .setTrialStartedAt(
                trials.stream()
                    .map(Trial::getStartedAt)
                    .min(Comparator.naturalOrder())
                    .orElse(null))
            .setTrialEndedAt(
                trials.stream()
                    .map(Trial::getEndsAt)
                    .filter(Objects::nonNull)
                    .max(Comparator.naturalOrder())
                    .orElse(null))
            .setFirstPaidAt(paid)
            .setFirstMrrOn(revenue.firstOn(end))
            .setIsRetained30d(payment == null ? null : payment.getIsRetained30d())
            .setIsRetained90d(payment == null ? null : payment.getIsRetained90d())
            .setIsRetained365d(payment == null ? null : payment.getIsRetained365d())
            .setCountry(segments.getCountry())
            .setRegion(segments.getRegion())
            .setChannel(segments.getChannel())
            .setInitialPlan(segments.getInitialPlan())
            .setAsOf(Days.of(customer.getCreated(), zone))
            .build();
    LocalDate known = lastDay(milestones);
    LocalDate since = profile.segmentsSince();
    return milestones.toBuilder()
        .setAsOf(since != null && since.isAfter(known) ? since : known)
        .build();
  }

  /** Null where nothing was paid by then. */
  @Nullable FirstPayment firstPaymentAt(Instant end) {
    Instant paid = firstPaidAt(end);
    return paid == null
        ? null
        : FirstPayment.builder()
            .setPaidAt(paid)
            .setIsRetained30d(isRetained(30, paid, end, FirstPayment::getIsRetained30d))
            .setIsRetained90d(isRetained(90, paid, end, FirstPayment::getIsRetained90d))
            .setIsRetained365d(isRetained(365, paid, end, FirstPayment::getIsRetained365d))
            .build();
  }

  /** The days that decide whether a customer was retained after what was ever its first payment. */
  Stream<LocalDate> daysOfDecision() {
    return firstPaymentsInTurn().stream()
        .map(paid -> Days.of(paid, zone))
        .flatMap(paidOn -> RETAINED_AFTER_DAYS.stream().map(paidOn::plusDays));
  }

  /** A later version of an invoice may tell of an earlier payment. */
  private List<Instant> firstPaymentsInTurn() {
    List<Instant> firsts = new ArrayList<>();
    Stream.concat(
            Stream.ofNullable(before.getFirstPayment()).map(FirstPayment::getPaidAt),
            payments(changes.invoices().stream()))
        .forEachOrdered(
            paid -> {
              if (firsts.isEmpty() || paid.isBefore(firsts.get(firsts.size() - 1))) {
                firsts.add(paid);
              }
            });
    return firsts;
  }

  private static Stream<Instant> payments(Stream<InvoiceSnapshot> invoices) {
    return invoices
        .filter(invoice -> invoice.getTotal() > 0)
        .filter(invoice -> "paid".equals(invoice.getStatus()))
        .map(Milestones::paidAt);
  }

  /** One that does not say when was paid by the time it was seen to be. */
  private static Instant paidAt(InvoiceSnapshot invoice) {
    Instant paidAt = invoice.getStatusTransitions().getPaidAt();
    return paidAt == null ? invoice.getChangedAt() : paidAt;
  }

  private @Nullable Instant firstPaidAt(Instant end) {
    return Stream.concat(
            Stream.ofNullable(before.getFirstPayment()).map(FirstPayment::getPaidAt),
            payments(
                changes.invoices().stream()
                    .filter(invoice -> invoice.getChangedAt().isBefore(end))))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private @Nullable Boolean isRetained(
      int days, Instant paid, Instant end, Function<FirstPayment, @Nullable Boolean> remembered) {
    LocalDate day = Days.of(paid, zone).plusDays(days);
    if (Days.end(day, zone).isAfter(end)) {
      return null;
    }
    if (before.getFirstPayment() != null && remembered.apply(before.getFirstPayment()) != null) {
      return remembered.apply(before.getFirstPayment());
    }
    return revenue.atEndOf(day).getArr() > 0;
  }

  /** The newest day that the milestones speak of. */
  private LocalDate lastDay(CustomerMilestones milestones) {
    List<LocalDate> days = new ArrayList<>();
    days.add(milestones.getSignedUpOn());
    Stream.of(milestones.getTrialStartedAt(), milestones.getFirstPaidAt())
        .filter(Objects::nonNull)
        .forEach(instant -> days.add(Days.of(instant, zone)));
    if (milestones.getFirstMrrOn() != null) {
      days.add(milestones.getFirstMrrOn());
    }
    if (milestones.getFirstPaidAt() != null) {
      LocalDate paidOn = Days.of(milestones.getFirstPaidAt(), zone);
      RETAINED_AFTER_DAYS.stream()
          .filter(n -> flag(n, milestones) != null)
          .forEach(n -> days.add(paidOn.plusDays(n)));
    }
    return days.stream().max(Comparator.naturalOrder()).orElseThrow();
  }

  private static @Nullable Boolean flag(int days, CustomerMilestones milestones) {
    return switch (days) {
      case 30 -> milestones.getIsRetained30d();
      case 90 -> milestones.getIsRetained90d();
      default -> milestones.getIsRetained365d();
    };
  }
}
