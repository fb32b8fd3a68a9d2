package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The facts of one customer, each kind in the order of time.
 *
 * @param planChanges what subscriptions that counted before and after went up or down by
 */
record FactsByKind(
    ImmutableList<RevenueChange> changes,
    ImmutableList<SubscriptionPeriod> periods,
    ImmutableList<Bill> bills,
    ImmutableList<Attempt> attempts,
    ImmutableList<SeenCard> cards,
    ImmutableList<Instant> refunds,
    ImmutableList<Instant> disputes,
    ImmutableList<PlanChange> planChanges) {
  /** Cards changed at the same instant have no natural order; any fixed order will do. */
  private static final Comparator<SeenCard> BY_TIME_AND_TERMS =
      Comparator.comparing(SeenCard::getChangedAt)
          .thenComparing(card -> String.valueOf(card.getCard()));

  /**
   * A change of what a subscription costs at list price.
   *
   * @param direction 1 up, −1 down
   */
  record PlanChange(Instant at, int direction) {}

  /** The order of the facts does not matter. */
  static FactsByKind of(Iterable<CustomerFact> facts) {
    List<CustomerFact> all = ImmutableList.copyOf(facts);
    ImmutableList<SubscriptionPeriod> periods =
        of(
            all,
            CustomerFact::getPeriod,
            Comparator.comparing(SubscriptionPeriod::getValidFrom)
                .thenComparing(SubscriptionPeriod::getSubscriptionId));
    return new FactsByKind(
        of(all, CustomerFact::getChange, Comparator.comparing(RevenueChange::getDay)),
        periods,
        of(
            all,
            CustomerFact::getBill,
            Comparator.comparing(Bill::getCreatedAt).thenComparing(Bill::getInvoiceId)),
        of(all, CustomerFact::getAttempt, Comparator.comparing(Attempt::getCreatedAt)),
        of(all, CustomerFact::getCard, BY_TIME_AND_TERMS),
        times(all, fact -> fact.getRefund() == null ? null : fact.getRefund().getCreatedAt()),
        times(all, fact -> fact.getDispute() == null ? null : fact.getDispute().getCreatedAt()),
        planChanges(periods));
  }

  private static ImmutableList<PlanChange> planChanges(List<SubscriptionPeriod> periods) {
    List<PlanChange> changes = new ArrayList<>();
    Map<String, SubscriptionPeriod> before = new HashMap<>();
    for (SubscriptionPeriod period : periods) {
      SubscriptionPeriod previous = before.put(period.getSubscriptionId(), period);
      if (previous != null && previous.getIsCounted() && period.getIsCounted()) {
        int direction = Long.signum(period.getArrMinorList() - previous.getArrMinorList());
        if (direction != 0) {
          changes.add(new PlanChange(period.getValidFrom(), direction));
        }
      }
    }
    return ImmutableList.copyOf(changes);
  }

  /** The last for which a condition holds. */
  static <T> @Nullable T last(List<T> inOrder, Predicate<T> condition) {
    for (int i = inOrder.size() - 1; i >= 0; i--) {
      if (condition.test(inOrder.get(i))) {
        return inOrder.get(i);
      }
    }
    return null;
  }

  private static ImmutableList<Instant> times(
      List<CustomerFact> facts, Function<CustomerFact, @Nullable Instant> time) {
    return of(facts, time, Comparator.naturalOrder());
  }

  private static <T> ImmutableList<T> of(
      List<CustomerFact> facts, Function<CustomerFact, T> part, Comparator<T> order) {
    return facts.stream()
        .map(part)
        .flatMap(Stream::ofNullable)
        .sorted(order)
        .collect(ImmutableList.toImmutableList());
  }
}
