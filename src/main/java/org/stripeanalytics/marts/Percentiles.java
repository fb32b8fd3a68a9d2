package org.stripeanalytics.marts;

import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Percentiles of whole numbers of which it is counted how often each is there. Unlike percentiles,
 * such counts add up.
 */
final class Percentiles {
  private static final int HUNDRED = 100;

  /**
   * The least number that at least so many percent do not exceed (the nearest rank), so that it is
   * always one that is there.
   *
   * @param counts by the number, as text
   * @return null without any
   */
  static @Nullable Long of(Map<String, Long> counts, int percent) {
    TreeMap<Long, Long> byNumber = new TreeMap<>();
    counts.forEach((number, count) -> byNumber.put(Long.valueOf(number), count));
    long all = byNumber.values().stream().mapToLong(Long::longValue).sum();
    long seen = 0;
    for (Map.Entry<Long, Long> number : byNumber.entrySet()) {
      seen += number.getValue();
      if (HUNDRED * seen >= percent * all) {
        return number.getKey();
      }
    }
    return null;
  }

  private Percentiles() {}
}
