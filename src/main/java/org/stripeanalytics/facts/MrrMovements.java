package org.stripeanalytics.facts;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import org.stripeanalytics.intermediate.ChurnKind;
import org.stripeanalytics.intermediate.CustomerTimeline;
import org.stripeanalytics.intermediate.DailyMrr;
import org.stripeanalytics.intermediate.Days;
import org.stripeanalytics.model.SurrogateKey;
import org.stripeanalytics.model.facts.MrrMovement;
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
    return MrrMovement.builder()
        .setCustomerKey(SurrogateKey.UNKNOWN)
        .setCountry(timeline.getSegments().getCountry())
        .setRegion(timeline.getSegments().getRegion())
        .setChannel(timeline.getSegments().getChannel())
        .setInitialPlan(timeline.getSegments().getInitialPlan())
        .setCustomerId(timeline.getCustomerId())
        .setDay(day.day())
        .setMovementType(type.id())
        .setArrMinorBefore(day.before().getArr())
        .setArrMinorAfter(day.after().getArr())
        .setArrMinorChange(day.after().getArr() - day.before().getArr())
        .setChurnKind(
            type == MovementType.CHURN ? churnKind(timeline.getSpells(), day.day(), zone) : null)
        .build();
  }

  /**
   * Decided by the counted subscription that ended last on the day, or went unpaid; where none did,
   * revenue was paused.
   */
  private static String churnKind(List<SubscriptionSpell> spells, LocalDate day, ZoneId zone) {
    return spells.stream()
        .filter(spell -> spell.getChurnKind() != null)
        .filter(spell -> Days.of(spell.getValidFrom(), zone).equals(day))
        .filter(spell -> countedUntil(spells, spell.getSubscriptionId(), spell.getValidFrom()))
        .max(
            Comparator.comparing(SubscriptionSpell::getValidFrom)
                .thenComparing(SubscriptionSpell::getSubscriptionId))
        .map(SubscriptionSpell::getChurnKind)
        .orElse(ChurnKind.PAUSE.id());
  }

  private static boolean countedUntil(
      List<SubscriptionSpell> spells, String subscription, Instant end) {
    return spells.stream()
        .filter(spell -> spell.getSubscriptionId().equals(subscription))
        .anyMatch(spell -> spell.getIsCounted() && end.equals(spell.getValidTo()));
  }

  private MrrMovements() {}
}
