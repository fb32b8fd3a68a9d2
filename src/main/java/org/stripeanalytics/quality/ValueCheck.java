package org.stripeanalytics.quality;

import org.checkerframework.checker.nullness.qual.Nullable;

/** Looks at one value of a row, as {@link org.stripeanalytics.model.schema.RowCodec} encodes it. */
interface ValueCheck {
  /**
   * @param currency that of the whole row, where it has one
   * @return the rule it breaks; null if none
   */
  @Nullable Violation check(Object value, @Nullable String currency);
}
