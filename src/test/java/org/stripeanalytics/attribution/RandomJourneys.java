package org.stripeanalytics.attribution;

import com.google.common.primitives.ImmutableDoubleArray;
import java.math.BigDecimal;
import java.util.Random;
import java.util.stream.IntStream;

/** Journeys of a seed: loops, repeated paths, and paths that never convert among them. */
final class RandomJourneys {

  static Journeys of(long seed) {
    Random random = new Random(seed);
    int channels = 1 + random.nextInt(6);
    Journeys.Builder journeys = Journeys.builder();
    int paths = 1 + random.nextInt(25);
    for (int i = 0; i < paths; i++) {
      int conversions = Math.max(0, random.nextInt(60) - 20);
      journeys.add(
          IntStream.range(0, 1 + random.nextInt(6))
              .mapToObj(touch -> "channel " + random.nextInt(channels))
              .toList(),
          ImmutableDoubleArray.of(),
          BigDecimal.valueOf(conversions),
          BigDecimal.valueOf(conversions * random.nextLong(2000), 2),
          BigDecimal.valueOf(random.nextInt(100)));
    }
    return journeys.build();
  }

  private RandomJourneys() {}
}
