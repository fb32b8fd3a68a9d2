package org.stripeanalytics.model;

import com.google.common.collect.ImmutableSet;
import java.util.Locale;

/**
 * How many decimal places a currency's minor unit stands for, as Stripe counts them (its pages on
 * zero-decimal and three-decimal currencies): 100 cents to the dollar, but ¥1 is 1.
 */
public final class CurrencyExponent {
  private static final ImmutableSet<String> ZERO =
      ImmutableSet.of(
          "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf",
          "xof", "xpf");
  private static final ImmutableSet<String> THREE =
      ImmutableSet.of("bhd", "jod", "kwd", "omr", "tnd");

  /**
   * @param currency ISO 4217 code in any case
   */
  public static int of(String currency) {
    String code = currency.toLowerCase(Locale.ROOT);
    if (ZERO.contains(code)) {
      return 0;
    }
    return THREE.contains(code) ? 3 : 2;
  }

  private CurrencyExponent() {}
}
