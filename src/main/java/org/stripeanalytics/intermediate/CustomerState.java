package org.stripeanalytics.intermediate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.Serializable;
import java.time.Instant;
import java.util.Comparator;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.intermediate.SubscriptionSpell;

/**
 * All that the fold must remember of a customer at the end of an interval to go on with the next.
 *
 * @param customer the newest version; null where none arrived yet
 * @param country the first address country ever seen
 * @param first the earliest subscription
 * @param subscriptions by id
 * @param invoices the newest version of each subscription's newest invoice
 * @param opening MRR at the end of the interval
 */
record CustomerState(
    @Nullable CustomerSnapshot customer,
    @Nullable String country,
    @Nullable FirstSubscription first,
    ImmutableMap<String, SubscriptionState> subscriptions,
    ImmutableList<InvoiceSnapshot> invoices,
    OpeningMrr opening) {

  /** The state before anything was seen. */
  static final CustomerState EMPTY =
      new CustomerState(
          null, null, null, ImmutableMap.of(), ImmutableList.of(), OpeningMrr.NEVER_ANY);

  /**
   * A subscription at the end of an interval.
   *
   * @param hold what it is
   * @param spell the spell that still lasts
   */
  record SubscriptionState(SubscriptionHold hold, SubscriptionSpell spell) {}

  /** What the initial plan is read from: the earliest subscription's first version. */
  record FirstSubscription(Instant created, String id, String plan) implements Serializable {
    static final Comparator<FirstSubscription> EARLIEST_FIRST =
        Comparator.comparing(FirstSubscription::created).thenComparing(FirstSubscription::id);
  }
}
