package org.stripeanalytics.model;

import static com.google.common.base.Preconditions.checkArgument;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Amounts of money as integers of a currency's smallest unit, and the one way in which they are
 * rounded: half away from zero. How many decimals the unit stands for is the currency's {@link
 * CurrencyExponent}.
 */
public final class Money {
  /** The amount in whole units of the currency: 1250 cents are 12.50. */
  public static BigDecimal toDecimal(long minor, String currency) {
    return BigDecimal.valueOf(minor, CurrencyExponent.of(currency));
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

  private Money() {}
}
