package org.stripeanalytics.synthesis.profile;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The regions in which customers live, as {@code seeds.geography} names them. */
public enum Region {
  @JsonProperty("north_america")
  NORTH_AMERICA,
  @JsonProperty("europe")
  EUROPE,
  @JsonProperty("asia_pacific")
  ASIA_PACIFIC;

  /** Its name in data and in the profile. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
