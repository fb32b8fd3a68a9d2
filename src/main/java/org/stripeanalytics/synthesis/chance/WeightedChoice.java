package org.stripeanalytics.synthesis.chance;

import com.google.common.collect.ImmutableList;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Picks one of several things, each as often as its weight says. */
public final class WeightedChoice<T> {
  private final ImmutableList<T> things;
  private final double[] upTo;

  private WeightedChoice(ImmutableList<T> things, double[] upTo) {
    this.things = things;
    this.upTo = upTo;
  }

  public static <T> WeightedChoice<T> of(Map<T, Double> weights) {
    return of(weights, Double::doubleValue);
  }

  public static <T, V> WeightedChoice<T> of(Map<T, V> records, ToDoubleFunction<V> weight) {
    double[] upTo = new double[records.size()];
    double sum = 0;
    int i = 0;
    for (V entry : records.values()) {
      sum += weight.applyAsDouble(entry);
      upTo[i++] = sum;
    }
    return new WeightedChoice<>(ImmutableList.copyOf(records.keySet()), upTo);
  }

  /** Takes exactly one draw from the stream. */
  public T pick(RandomStream stream) {
    double at = stream.nextDouble() * upTo[upTo.length - 1];
    int i = 0;
    while (i < upTo.length - 1 && at >= upTo[i]) {
      i++;
    }
    return things.get(i);
  }
}
