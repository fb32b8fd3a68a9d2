package org.stripeanalytics.prediction;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;

/**
 * Discounted expected residual lifetime (DERL): how many more periods a customer is expected to
 * stay, seen at the end of their n-th period, just before they renew or leave; a period that begins
 * k periods after that moment counts 1 / (1 + discount)^k. Fader and Hardie, Customer-Base
 * Valuation in a Contractual Setting, Marketing Science 29 (2010), equation 6, which is for the
 * shifted-beta-geometric; here it is the sum itself, so it holds for any curve.
 */
public final class RemainingLifetime {
  /** The least discount for which the sum is made: about 400,000 periods are not yet negligible. */
  public static final double LEAST_DISCOUNT = 1e-4;

  private static final double NEGLIGIBLE = 1e-15;

  /**
   * @param discount per period, such as 0.1
   * @param periods how many values are wanted
   * @return the values for n = 1 to {@code periods}, the first at index 0
   */
  public static ImmutableDoubleArray of(RetentionCurve curve, double discount, int periods) {
    checkArgument(discount >= LEAST_DISCOUNT, "discount %s", discount);
    int horizon = periods + (int) Math.ceil(-Math.log(NEGLIGIBLE) / Math.log1p(discount));
    double[] values = new double[periods];
    // Whoever renews has this period, and then what is expected at the end of it.
    double next = 0;
    for (int n = horizon; n >= 1; n--) {
      next = curve.retention(n) * (1 + next / (1 + discount));
      if (n <= periods) {
        values[n - 1] = next;
      }
    }
    return ImmutableDoubleArray.copyOf(values);
  }

  private RemainingLifetime() {}
}
