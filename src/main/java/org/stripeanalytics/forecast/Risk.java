package org.stripeanalytics.forecast;

import java.util.Locale;

/** What is predicted. */
enum Risk {
  /** Leaving, for whatever reason. */
  ANY,
  VOLUNTARY,
  INVOLUNTARY;

  /** As tables say it. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
