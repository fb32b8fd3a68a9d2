package org.stripeanalytics.model;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Amounts of money as integers of a currency's smallest unit, and the one way in which they are
 * rounded: half away from zero. The exponent, how many decimals the unit stands for, belongs to the
 * currency: 2 for most, none for the yen.
 */
public final class Money {
  /** Stripe's zero-decimal and three-decimal currencies; all others have two. */
  private static final ImmutableMap<String, Integer> EXPONENTS = exponents();

  /**
   * Decimals of a currency, as Stripe's API counts them.
   *
   * @param currency three-letter ISO code, in lower case as Stripe writes it
   */
  public static int exponent(String currency) {
    checkArgument(currency.length() == 3, "currency is %s, not a three-letter code", currency);
    return EXPONENTS.getOrDefault(currency.toLowerCase(Locale.ROOT), 2);
  }

  /** The amount in whole units of the currency: 1250 cents are 12.50. */
  public static BigDecimal toDecimal(long minor, String currency) {
    return BigDecimal.valueOf(minor, exponent(currency));
  }

  /**
   * An amount in another currency's minor units.
   *
   * @param rate units of {@code to} per unit of {@code from}
   */
  public static long convert(long minor, String from, String to, BigDecimal rate) {
    return rounded(
        BigDecimal.valueOf(minor).multiply(rate).scaleByPowerOfTen(exponent(to) - exponent(from)));
  }

  /** A part of an amount, such as a fee. */
  public static long part(long minor, BigDecimal rate) {
    return rounded(BigDecimal.valueOf(minor).multiply(rate));
  }

  /** {@code minor × numerator / denominator}: a proration. */
  public static long fraction(long minor, long numerator, long denominator) {
    checkArgument(denominator > 0, "denominator is %s, not above 0", denominator);
    return BigDecimal.valueOf(minor)
        .multiply(BigDecimal.valueOf(numerator))
        .divide(BigDecimal.valueOf(denominator), 0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  private static long rounded(BigDecimal amount) {
    return amount.setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  private static ImmutableMap<String, Integer> exponents() {
    ImmutableMap.Builder<String, Integer> exponents = ImmutableMap.builder();
    for (String currency :
        "bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf".split(" ")) {
      exponents.put(currency, 0);
    }
    for (String currency : "bhd jod kwd omr tnd".split(" ")) {
      exponents.put(currency, 3);
    }
    return exponents.buildOrThrow();
  }

  private Money() {}
}
