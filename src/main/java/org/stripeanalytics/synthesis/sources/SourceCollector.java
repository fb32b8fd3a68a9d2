package org.stripeanalytics.synthesis.sources;

import java.time.Instant;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.truth.TrueIdentity;

/** Takes what other systems than Stripe know. */
public interface SourceCollector {

  /**
   * @param at when the row came into this state, or happened
   */
  <T> void collect(WarehouseTable<T> table, T row, Instant at);

  void collect(TrueIdentity truth);
}
