package org.stripeanalytics.contract;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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

  static RowRules of(Map<String, Object> quality) {
    return new RowRules(
        byPath(quality, "acceptedValues", values -> ImmutableSet.copyOf(strings(values))),
        byPath(quality, "ranges", RowRules::range),
        ImmutableSet.copyOf(strings(quality.get("currencies"))),
        ImmutableSet.copyOf(strings(quality.get("sameCurrency"))),
        list(quality.get("ordered")).stream().map(RowRules::ordered).collect(toImmutableList()),
        byPath(quality, "maxLength", length -> new BigDecimal(length.toString()).intValueExact()));
  }

  private static Range range(Object json) {
    Map<?, ?> ends = (Map<?, ?>) json;
    return new Range(number(ends.get("min")), number(ends.get("max")));
  }

  private static Ordered ordered(Object json) {
    List<String> paths = strings(json);
    return new Ordered(paths.get(0), paths.get(1));
  }

  private static @Nullable BigDecimal number(@Nullable Object json) {
    return json == null ? null : new BigDecimal(json.toString());
  }

  private static <V> ImmutableMap<String, V> byPath(
      Map<String, Object> quality, String key, Function<Object, V> value) {
    ImmutableMap.Builder<String, V> rules = ImmutableMap.builder();
    if (quality.get(key) instanceof Map<?, ?> found) {
      found.forEach((path, json) -> rules.put((String) path, value.apply(json)));
    }
    return rules.buildOrThrow();
  }

  private static List<String> strings(@Nullable Object json) {
    return list(json).stream().map(String.class::cast).collect(toImmutableList());
  }

  private static List<?> list(@Nullable Object json) {
    return json == null ? ImmutableList.of() : (List<?>) json;
  }
}
