package org.stripeanalytics.synthesis;

import java.util.function.Consumer;
import org.stripeanalytics.model.raw.MarketingSpend;
import org.stripeanalytics.model.truth.CustomerTruth;
import org.stripeanalytics.synthesis.history.Recorder;

/** Takes what is wanted from the histories of a part of the account, one after the other. */
interface HistoryCollector {

  /**
   * @param history passes a recorder every change of one customer, or of what belongs to none
   */
  void collect(Consumer<Recorder> history);

  void collect(MarketingSpend spend);

  void collect(CustomerTruth truth);

  /** Takes what other systems than Stripe know of a customer, if that is wanted. */
  default void collectSources(long index, CustomerTruth truth) {}

  /** Likewise what they know that belongs to no single customer. */
  default void collectSources() {}
}
