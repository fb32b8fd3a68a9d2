package org.stripeanalytics.ingestion;

import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.quality.RejectionRule;
import org.stripeanalytics.quality.Violation;

/**
 * Objects of types that neither have a table nor are known to have none. Stripe adds types all the
 * time, so one that has the frame of its objects is passed over with a warning; anything else is no
 * object of Stripe's.
 */
final class UnknownTypes {
  private static final Pattern STRIPES_NAMES = Pattern.compile("[a-z][a-z0-9_.]{1,99}");

  /**
   * Whether Stripe may have added the type since.
   *
   * @param id of the object; null if it has none
   */
  static boolean isLater(String type, @Nullable String id) {
    return id != null
        && STRIPES_NAMES.matcher(type).matches()
        && !type.equals(StripeObjects.THIN_EVENT);
  }

  /** What is wrong with any other. */
  static Violation violation(String type) {
    return new Violation(
        RejectionRule.UNKNOWN_OBJECT,
        type.equals(StripeObjects.THIN_EVENT)
            ? "a thin event names the object that changed and does not hold it;"
                + " deliver snapshot events, or the object"
            : "object is \"%s\"; there are tables for %s"
                .formatted(type, String.join(", ", StripeObjects.types())));
  }

  private UnknownTypes() {}
}
