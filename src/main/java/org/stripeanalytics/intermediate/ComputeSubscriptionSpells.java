package org.stripeanalytics.intermediate;

import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.intermediate.SubscriptionSpell;

/** {@code intermediate.subscription_spells}: the spells of every customer's timeline. */
public final class ComputeSubscriptionSpells {

  public static RowsOfTimelines<SubscriptionSpell> create() {
    return RowsOfTimelines.of(Tables.SUBSCRIPTION_SPELLS, timeline -> timeline.getSpells());
  }

  private ComputeSubscriptionSpells() {}
}
