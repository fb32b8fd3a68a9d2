package org.stripeanalytics.contract;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import java.math.BigDecimal;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a contract's {@code quality} demands of a single row. A column is named by its path, as in
 * {@code lines.period.start}; a rule of a column inside a repeated record holds for every element.
 * Null breaks none of these rules: whether a column may be null is its mode's to say.
 *
 * @param acceptedValues the only values a column may have
 * @param ranges the least and greatest number a column may hold
 * @param currencies columns that hold an ISO currency in lower case
 * @param sameCurrency columns that hold the same currency as the row's own column {@code currency}
 * @param ordered pairs of timestamps of one record, of which the second is not before the first
 * @param maxLength characters that a text may have, where it is not {@link #DEFAULT_MAX_LENGTH}
 */
public record RowRules(
    ImmutableMap<String, ImmutableSet<String>> acceptedValues,
    ImmutableMap<String, Range> ranges,
    ImmutableSet<String> currencies,
    ImmutableSet<String> sameCurrency,
    ImmutableList<Ordered> ordered,
    ImmutableMap<String, Integer> maxLength) {

  /** Stripe's own limit on its longest free texts. */
  public static final int DEFAULT_MAX_LENGTH = 5_000;

  /** Both ends belong to it; null where it has no end. */
  public record Range(@Nullable BigDecimal min, @Nullable BigDecimal max) {
    public boolean contains(BigDecimal number) {
      return (min == null || number.compareTo(min) >= 0)
          && (max == null || number.compareTo(max) <= 0);
    }
  }

  /** Two columns by their paths. */
  public record Ordered(String first, String second) {}

  static RowRules of(Quality quality) {
    return new RowRules(
        ImmutableMap.copyOf(Maps.transformValues(quality.acceptedValues(), ImmutableSet::copyOf)),
        ImmutableMap.copyOf(quality.ranges()),
        ImmutableSet.copyOf(quality.currencies()),
        ImmutableSet.copyOf(quality.sameCurrency()),
        quality.ordered().stream()
            .map(paths -> new Ordered(paths.get(0), paths.get(1)))
            .collect(toImmutableList()),
        ImmutableMap.copyOf(quality.maxLength()));
  }
}
