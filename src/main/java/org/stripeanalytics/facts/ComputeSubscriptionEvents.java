package org.stripeanalytics.facts;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.fold.timeline.DisputedCharge;
import org.stripeanalytics.fold.timeline.MrrHistory;
import org.stripeanalytics.fold.timeline.PaymentAttempt;
import org.stripeanalytics.fold.timeline.RefundedCharge;
import org.stripeanalytics.intermediate.RowsOfTimelines;
import org.stripeanalytics.model.facts.SubscriptionEvent;
import org.stripeanalytics.model.intermediate.InvoiceSettlement;
import org.stripeanalytics.model.intermediate.SubscriptionSpell;

/**
 * {@code facts.fct_subscription_events}: what happened in the interval, one row per customer,
 * subscription, day and name. Guests, whose purchases name no customer, have none.
 */
public final class ComputeSubscriptionEvents {

  public static RowsOfTimelines<SubscriptionEvent> in(ZoneId zone) {
    return RowsOfTimelines.of(Tables.FCT_SUBSCRIPTION_EVENTS, timeline -> rows(timeline, zone));
  }

  /** By subscription, day and order of the names. */
  public static ImmutableList<SubscriptionEvent> rows(CustomerTimeline timeline, ZoneId zone) {
    return timeline.customerIdOrNull() == null
        ? ImmutableList.of()
        : new Telling(timeline, zone).tell();
  }

  /** Collects the events of one customer. */
  private static final class Telling {
    private static final String NONE = "none";

    /** Stripe announces the end of a trial three days ahead. */
    private static final Duration NOTICE = Duration.ofDays(3);

    private final CustomerTimeline timeline;
    private final ZoneId zone;
    private final MrrHistory revenue;
    private final TreeMap<String, SubscriptionEvent> events = new TreeMap<>();

    Telling(CustomerTimeline timeline, ZoneId zone) {
      this.timeline = timeline;
      this.zone = zone;
      this.revenue = MrrHistory.of(timeline, zone);
    }

    ImmutableList<SubscriptionEvent> tell() {
      if (timeline.getSignedUpAt() != null) {
        add(null, EventName.SIGNED_UP, timeline.getSignedUpAt());
      }
      bySubscription().values().forEach(this::tellSpells);
      for (PaymentAttempt attempt : timeline.getAttempts()) {
        if (attempt.getCharge().getStatus().equals("failed")) {
          add(
              attempt.getSubscriptionId(),
              EventName.PAYMENT_FAILED,
              attempt.getCharge().getCreated());
        }
      }
      for (InvoiceSettlement settlement : timeline.getSettlements()) {
        if (settlement.getIsRecovered() && settlement.getPaidAt() != null) {
          add(settlement.getSubscriptionId(), EventName.RECOVERED, settlement.getPaidAt());
        }
      }
      for (RefundedCharge refund : timeline.getRefunds()) {
        if (refund.getRefundedAt() != null) {
          add(refund.getOrigin().getSubscriptionId(), EventName.REFUNDED, refund.getRefundedAt());
        }
      }
      for (DisputedCharge dispute : timeline.getDisputes()) {
        if (dispute.getDisputedAt() != null) {
          add(dispute.getOrigin().getSubscriptionId(), EventName.DISPUTED, dispute.getDisputedAt());
        }
      }
      return ImmutableList.copyOf(events.values());
    }

    private Map<String, List<SubscriptionSpell>> bySubscription() {
      Map<String, List<SubscriptionSpell>> spells = new TreeMap<>();
      for (SubscriptionSpell spell : timeline.getSpells()) {
        spells.computeIfAbsent(spell.getSubscriptionId(), id -> new ArrayList<>()).add(spell);
      }
      return spells;
    }

    private void tellSpells(List<SubscriptionSpell> spells) {
      String subscription = spells.get(0).getSubscriptionId();
      boolean wasCounted = timeline.getCountedBefore().contains(subscription);
      SubscriptionSpell before = null;
      for (SubscriptionSpell spell : spells) {
        LocalDate day = Days.of(spell.getValidFrom(), zone);
        SpellChange change = new SpellChange(before, spell, wasCounted, returnsOn(day));
        // The spell that lasts when the interval starts was told of when it began.
        change.names().forEach(name -> add(subscription, name, spell.getValidFrom()));
        endOfTrial(before, spell).ifPresent(at -> add(subscription, EventName.TRIAL_WILL_END, at));
        wasCounted |= spell.getIsCounted();
        before = spell;
      }
    }

    private boolean returnsOn(LocalDate day) {
      LocalDate first = revenue.firstOn();
      return first != null
          && first.isBefore(day)
          && timeline.interval().contains(day)
          && revenue.atEndOf(day.minusDays(1)).getArr() == 0;
    }

    /** When the end of the trial is announced: at once, where it is less than the notice away. */
    private static Optional<Instant> endOfTrial(
        @Nullable SubscriptionSpell before, SubscriptionSpell spell) {
      if (spell.getTrialEndsAt() == null) {
        return Optional.empty();
      }
      Instant notice = spell.getTrialEndsAt().minus(NOTICE);
      boolean starts = before == null || before.getTrialEndsAt() == null;
      if (notice.isBefore(spell.getValidFrom())) {
        return starts ? Optional.of(spell.getValidFrom()) : Optional.empty();
      }
      boolean lasts = spell.getValidTo() == null || notice.isBefore(spell.getValidTo());
      return lasts ? Optional.of(notice) : Optional.empty();
    }

    private void add(@Nullable String subscription, EventName name, Instant at) {
      LocalDate day = Days.of(at, zone);
      if (!timeline.interval().contains(day)) {
        return;
      }
      String id = subscription == null ? NONE : subscription;
      SubscriptionEvent event =
          SubscriptionEvent.builder()
              .setCustomerKey(timeline.customerKeyAt(at))
              .setCustomerId(timeline.getCustomerId())
              .setSubscriptionKey(timeline.subscriptionKey(subscription))
              .setSubscriptionId(id)
              .setDay(day)
              .setSequence(name.ordinal() + 1)
              .setEventName(name.id())
              .setOccurredAt(at)
              .setArrMinorBefore(arrBefore(id, Days.start(day, zone)))
              .setArrMinorAfter(arrBefore(id, Days.end(day, zone)))
              .build();
      events.merge(
          String.format("%s %s %02d", id, day, name.ordinal()),
          event,
          (a, b) -> b.getOccurredAt().isBefore(a.getOccurredAt()) ? b : a);
    }

    /** Of the subscription, just before an instant. */
    private long arrBefore(String subscription, Instant instant) {
      return timeline.getSpells().stream()
          .filter(spell -> spell.getSubscriptionId().equals(subscription))
          .filter(spell -> spell.getValidFrom().isBefore(instant))
          .filter(spell -> spell.getValidTo() == null || !spell.getValidTo().isBefore(instant))
          .mapToLong(SubscriptionSpell::getArrMinor)
          .sum();
    }
  }

  private ComputeSubscriptionEvents() {}
}
