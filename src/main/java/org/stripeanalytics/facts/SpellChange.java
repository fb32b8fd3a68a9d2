package org.stripeanalytics.facts;

import java.util.EnumSet;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.terms.ChurnKind;
import org.stripeanalytics.model.intermediate.SubscriptionSpell;

/**
 * A subscription going from one spell to the next, and what that is called.
 *
 * @param before null where it begins
 * @param wasCounted whether it counted towards MRR at any earlier time
 * @param returns whether the customer had MRR once, and none at the end of the day before
 */
record SpellChange(
    @Nullable SubscriptionSpell before,
    SubscriptionSpell after,
    boolean wasCounted,
    boolean returns) {
  private static final Set<String> BILLED = Set.of("active", "past_due");
  private static final Set<String> UNCONVERTED =
      Set.of("canceled", "paused", "incomplete", "incomplete_expired", "unpaid");

  Set<EventName> names() {
    EnumSet<EventName> names = EnumSet.noneOf(EventName.class);
    addTrial(names);
    addRevenue(names);
    addPause(names);
    if (becomes("past_due")) {
      names.add(EventName.PAST_DUE);
    }
    if (after.getIsEnding() && !(before != null && before.getIsEnding())) {
      names.add(EventName.CANCELLATION_SCHEDULED);
    }
    if (before != null && before.getIsEnding() && !after.getIsEnding() && !is("canceled")) {
      names.add(EventName.CANCELLATION_REVOKED);
    }
    if (churns()) {
      names.add(
          after.getChurnKind().equals(ChurnKind.INVOLUNTARY.id())
                  || after.getChurnKind().equals(ChurnKind.DISPUTE.id())
              ? EventName.CHURNED_INVOLUNTARY
              : EventName.CHURNED_VOLUNTARY);
    }
    return names;
  }

  private void addTrial(Set<EventName> names) {
    if (becomes("trialing")) {
      names.add(EventName.TRIAL_STARTED);
    }
    if (was("trialing") && BILLED.contains(after.getStatus())) {
      names.add(EventName.TRIAL_CONVERTED);
    }
    if (was("trialing") && UNCONVERTED.contains(after.getStatus())) {
      names.add(EventName.TRIAL_EXPIRED);
    }
  }

  private void addRevenue(Set<EventName> names) {
    boolean counted = before != null && before.getIsCounted();
    if (after.getIsCounted() && !wasCounted) {
      names.add(returns ? EventName.REACTIVATED : EventName.ACTIVATED);
    } else if (after.getIsCounted() && !counted && !comesFromPause()) {
      names.add(EventName.REACTIVATED);
    }
    if (after.getIsCounted() && counted) {
      // At list price: a discount that ends is no upgrade.
      int change = Long.compare(after.getArrMinorList(), before.getArrMinorList());
      if (change != 0) {
        names.add(change > 0 ? EventName.UPGRADED : EventName.DOWNGRADED);
      }
    }
  }

  private void addPause(Set<EventName> names) {
    boolean stopsCounting = before != null && before.getIsCounted() && !after.getIsCounted();
    if (becomes("paused") || (stopsCounting && BILLED.contains(after.getStatus()))) {
      names.add(EventName.PAUSED);
    }
    if (comesFromPause() && (after.getIsCounted() || (was("paused") && is("trialing")))) {
      names.add(EventName.RESUMED);
    }
  }

  /** A billed subscription that does not count has its collection paused. */
  private boolean comesFromPause() {
    return was("paused")
        || (before != null
            && !before.getIsCounted()
            && BILLED.contains(before.getStatus())
            && wasCounted);
  }

  private boolean churns() {
    boolean ends = (becomes("canceled") && !was("trialing") && !was("unpaid")) || becomes("unpaid");
    return ends && wasCounted && after.getChurnKind() != null;
  }

  private boolean becomes(String status) {
    return is(status) && !was(status);
  }

  private boolean is(String status) {
    return after.getStatus().equals(status);
  }

  private boolean was(String status) {
    return before != null && before.getStatus().equals(status);
  }
}
