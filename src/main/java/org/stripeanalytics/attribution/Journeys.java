package org.stripeanalytics.attribution;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All journeys to be attributed together.
 *
 * @param channels their names, in the order in which they first appear
 * @param journeys in the order in which they were added
 * @param conversions the exact sum over the journeys
 * @param value likewise
 */
public record Journeys(
    ImmutableList<String> channels,
    ImmutableList<Journey> journeys,
    BigDecimal conversions,
    BigDecimal value) {

  public static Builder builder() {
    return new Builder();
  }

  /** Collects journeys and numbers their channels. */
  public static final class Builder {
    private final Map<String, Integer> indexes = new LinkedHashMap<>();
    private final ImmutableList.Builder<Journey> journeys = ImmutableList.builder();
    private BigDecimal conversions = BigDecimal.ZERO;
    private BigDecimal value = BigDecimal.ZERO;

    private Builder() {}

    /** Adds journeys that bring no value, of which no times are known. */
    public Builder add(List<String> touches, long conversions, long nulls) {
      return add(
          touches,
          ImmutableDoubleArray.of(),
          BigDecimal.valueOf(conversions),
          BigDecimal.ZERO,
          BigDecimal.valueOf(nulls));
    }

    /** Adds journeys; the parameters are those of {@link Journey}. */
    public Builder add(
        List<String> touches,
        ImmutableDoubleArray daysBefore,
        BigDecimal conversions,
        BigDecimal value,
        BigDecimal nulls) {
      ImmutableIntArray.Builder numbered = ImmutableIntArray.builder(touches.size());
      touches.forEach(name -> numbered.add(indexes.computeIfAbsent(name, n -> indexes.size())));
      journeys.add(
          new Journey(
              numbered.build(),
              daysBefore,
              conversions.doubleValue(),
              value.doubleValue(),
              nulls.doubleValue()));
      this.conversions = this.conversions.add(conversions);
      this.value = this.value.add(value);
      return this;
    }

    public Journeys build() {
      return new Journeys(
          ImmutableList.copyOf(indexes.keySet()), journeys.build(), conversions, value);
    }
  }
}
