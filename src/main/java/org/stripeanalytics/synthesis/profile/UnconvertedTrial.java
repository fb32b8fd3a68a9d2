package org.stripeanalytics.synthesis.profile;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a trial ends that never becomes a paying customer. */
public enum UnconvertedTrial {
  /** The customer cancels in time. */
  @JsonProperty("canceled")
  CANCELED,
  /** The first charge fails, and the subscription ends with it. */
  @JsonProperty("failed_first_payment")
  FAILED_FIRST_PAYMENT,
  /** The customer takes the card off, and Stripe pauses the subscription. */
  @JsonProperty("card_removed")
  CARD_REMOVED
}
