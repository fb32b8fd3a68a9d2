package org.stripeanalytics.synthesis.profile;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Where the money behind a card comes from. */
public enum Funding {
  @JsonProperty("credit")
  CREDIT,
  @JsonProperty("debit")
  DEBIT,
  @JsonProperty("prepaid")
  PREPAID;

  /** Stripe's word for it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
