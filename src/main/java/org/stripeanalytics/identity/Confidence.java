package org.stripeanalytics.identity;

import com.google.common.collect.ImmutableSortedMap;
import java.math.BigDecimal;

/** How sure a rule is of who somebody is: an order, not a measured probability. */
final class Confidence {
  private static final ImmutableSortedMap<String, BigDecimal> BY_RULE =
      ImmutableSortedMap.<String, BigDecimal>naturalOrder()
          .put("explicit_id", new BigDecimal("1"))
          .put("merged", new BigDecimal("0.99"))
          .put("email", new BigDecimal("0.97"))
          .put("known_email", new BigDecimal("0.95"))
          .put("email_without_tag", new BigDecimal("0.9"))
          .put("company", new BigDecimal("0.8"))
          .put("people", new BigDecimal("0.75"))
          .put("domain", new BigDecimal("0.7"))
          .put("unresolved", BigDecimal.ZERO)
          .buildOrThrow();

  static BigDecimal of(String rule) {
    return BY_RULE.get(rule);
  }

  private Confidence() {}
}
