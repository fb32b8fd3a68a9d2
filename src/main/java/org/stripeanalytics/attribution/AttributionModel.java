package org.stripeanalytics.attribution;

import java.util.Locale;

/** The ways to divide conversions among channels. */
public enum AttributionModel {
  FIRST,
  LAST,
  LINEAR,
  POSITION,
  TIME_DECAY,
  MARKOV,
  SHAPLEY;

  /** As options and columns name it, such as {@code time_decay}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
