package org.stripeanalytics.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One run of what is measured.
 *
 * @param peakMegabytes the most memory that the process held at once, resident; null where it is
 *     not known
 * @param stages seconds of its parts, as the run itself reports them
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Sample(double seconds, @Nullable Long peakMegabytes, @Nullable Map<String, Double> stages) {
  Sample {
    stages = stages == null ? Map.of() : new LinkedHashMap<>(stages);
  }

  static Sample of(double seconds) {
    return new Sample(seconds, null, Map.of());
  }

  static Sample of(double seconds, long peakMegabytes) {
    return new Sample(seconds, peakMegabytes, Map.of());
  }

  /** The middle of all, or the mean of the two in the middle. */
  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
