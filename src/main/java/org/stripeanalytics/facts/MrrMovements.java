package org.stripeanalytics.facts;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.ChurnKind;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.timeline.CustomerSegments;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.fold.timeline.DailyMrr;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.intermediate.SpellItem;
import org.stripeanalytics.model.intermediate.SubscriptionSpell;

/** A customer's movements of MRR, day by day: the grain of {@code facts.fct_mrr_movements}. */
public final class MrrMovements {

  /** In time order. */
  public static ImmutableList<MrrMovement> of(CustomerTimeline timeline, ZoneId zone) {
    ImmutableList.Builder<MrrMovement> movements = ImmutableList.builder();
    boolean hadMrr = timeline.getOpening().getHadMrr();
    for (DailyMrr.Day day : DailyMrr.of(timeline, zone)) {
      long before = day.before().getArr();
      long after = day.after().getArr();
      MovementType.of(before, after, hadMrr)
          .map(type -> movement(timeline, zone, day, type))
          .ifPresent(movements::add);
      hadMrr |= after > 0;
    }
    return movements.build();
  }

  private static MrrMovement movement(
      CustomerTimeline timeline, ZoneId zone, DailyMrr.Day day, MovementType type) {
    Optional<Ending> ending =
        type == MovementType.CHURN
            ? Optional.of(Ending.of(timeline.getSpells(), day, zone))
            : Optional.empty();
    CustomerSegments segments = timeline.getSegments();
    return MrrMovement.builder()
        .setCustomerKey(timeline.customerKeyAt(Days.end(day.day(), zone).minusNanos(1000)))
        .setCustomerId(timeline.getCustomerId())
        .setDay(day.day())
        .setMovementType(type.id())
        .setArrMinorBefore(day.before().getArr())
        .setArrMinorAfter(day.after().getArr())
        .setArrMinorChange(day.after().getArr() - day.before().getArr())
        .setChurnKind(ending.map(Ending::kind).orElse(null))
        .setChurnedPlan(ending.map(Ending::plan).orElse(null))
        .setCountry(segments.getCountry())
        .setRegion(segments.getRegion())
        .setChannel(segments.getChannel())
        .setInitialPlan(segments.getInitialPlan())
        .build();
  }

  /**
   * Why a customer's revenue ended, and what it was for: decided by the subscription that ended
   * last, or went unpaid, of those that counted at the end of the day before; where none did,
   * revenue was paused.
   */
  private record Ending(String kind, String plan) {
    private static final Comparator<SpellItem> LARGEST_LAST =
        Comparator.comparing(SpellItem::getArrMinor)
            .thenComparing(SpellItem::getItemId, Comparator.reverseOrder());

    static Ending of(List<SubscriptionSpell> spells, DailyMrr.Day day, ZoneId zone) {
      Instant start = Days.start(day.day(), zone);
      Instant end = Days.end(day.day(), zone);
      return spells.stream()
          .filter(spell -> spell.getIsCounted() && lasts(spell, start))
          .map(spell -> new Ended(spell, at(spells, spell.getSubscriptionId(), end)))
          .max(Ended.DECIDING_LAST)
          .map(Ended::ending)
          .orElse(new Ending(ChurnKind.PAUSE.id(), Catalog.UNKNOWN));
    }

    private static @Nullable SubscriptionSpell at(
        List<SubscriptionSpell> spells, String subscription, Instant end) {
      return spells.stream()
          .filter(spell -> spell.getSubscriptionId().equals(subscription) && lasts(spell, end))
          .findFirst()
          .orElse(null);
    }

    /** Whether a spell holds just before an instant. */
    private static boolean lasts(SubscriptionSpell spell, Instant end) {
      return spell.getValidFrom().isBefore(end)
          && (spell.getValidTo() == null || !spell.getValidTo().isBefore(end));
    }
  }

  /** A subscription that counted at the end of the day before, and what became of it. */
  private record Ended(SubscriptionSpell before, @Nullable SubscriptionSpell after) {
    static final Comparator<Ended> DECIDING_LAST =
        Comparator.comparing(Ended::hasEnded)
            .thenComparing(ended -> ended.last().getValidFrom())
            .thenComparing(ended -> ended.before().getSubscriptionId());

    boolean hasEnded() {
      return after != null && after.getChurnKind() != null;
    }

    private SubscriptionSpell last() {
      return after == null ? before : after;
    }

    Ending ending() {
      return new Ending(
          hasEnded() ? after.getChurnKind() : ChurnKind.PAUSE.id(),
          before.getItems().stream()
              .max(Ending.LARGEST_LAST)
              .map(SpellItem::getPlan)
              .orElse(Catalog.UNKNOWN));
    }
  }

  private MrrMovements() {}
}
