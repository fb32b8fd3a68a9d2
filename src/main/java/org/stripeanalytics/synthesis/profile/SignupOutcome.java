package org.stripeanalytics.synthesis.profile;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What follows the creation of a customer. */
public enum SignupOutcome {
  /** A trial, with the card on file. */
  @JsonProperty("trial")
  TRIAL,
  /** A subscription that is paid at once. */
  @JsonProperty("direct")
  DIRECT,
  /** Nothing: the customer never subscribes. */
  @JsonProperty("none")
  NONE
}
