package org.stripeanalytics.attribution;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Divides a total into rounded parts that sum to it exactly (Hamilton's method): all parts are
 * rounded down, and what is left goes, a unit each, to those that lost most. Of equal losses the
 * later one is made good first.
 */
public final class LargestRemainder {
  /** Never above the true share, so that rounded parts are never more than there is. */
  private static final MathContext DOWN = new MathContext(40, RoundingMode.FLOOR);

  /** Losses nearer to each other than this, in units, differ only by the errors of doubles. */
  private static final int DECIMALS_OF_LOSSES = 6;

  /**
   * Divides a total in proportion to weights. A total with more decimals is rounded half up first.
   *
   * @param decimals of each part: 0 for a total in minor units, 2 for one in euros
   * @param weights at least one, with a sum other than zero unless the total is zero
   */
  public static ImmutableList<BigDecimal> divide(BigDecimal total, int decimals, double[] weights) {
    BigDecimal units = total.movePointRight(decimals).setScale(0, RoundingMode.HALF_UP);
    List<BigDecimal> shares = shares(units, weights);
    List<BigDecimal> parts = new ArrayList<>();
    shares.forEach(share -> parts.add(share.setScale(0, RoundingMode.FLOOR)));
    long left = units.subtract(sum(parts)).longValueExact();
    IntStream.range(0, parts.size())
        .boxed()
        .sorted(
            comparing((Integer i) -> loss(shares.get(i), parts.get(i)))
                .thenComparing(i -> i)
                .reversed())
        .limit(left)
        .forEach(i -> parts.set(i, parts.get(i).add(BigDecimal.ONE)));
    return parts.stream().map(part -> part.movePointLeft(decimals)).collect(toImmutableList());
  }

  private static List<BigDecimal> shares(BigDecimal units, double[] weights) {
    List<BigDecimal> exact = Arrays.stream(weights).mapToObj(BigDecimal::new).toList();
    BigDecimal sum = sum(exact);
    if (units.signum() == 0) {
      return Collections.nCopies(weights.length, BigDecimal.ZERO);
    }
    checkArgument(sum.signum() != 0, "%s units among weights of zero", units);
    return exact.stream().map(weight -> units.multiply(weight).divide(sum, DOWN)).toList();
  }

  private static BigDecimal loss(BigDecimal share, BigDecimal part) {
    return share.subtract(part).setScale(DECIMALS_OF_LOSSES, RoundingMode.HALF_UP);
  }

  private static BigDecimal sum(List<BigDecimal> numbers) {
    return numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private LargestRemainder() {}
}
