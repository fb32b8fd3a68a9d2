package org.stripeanalytics.synthesis.sources;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.chance.WeightedChoice;

/**
 * Who visits the website, and what that does: each visitor comes one to five times, by channels of
 * its own, and signs up with a probability that every channel it came by has raised. So it is known
 * what a channel truly brings: the signups that would not have come without it. The early visits of
 * a journey favour other channels than the last one, which deceives anybody who looks at the last
 * one only.
 *
 * <p>All numbers are assumed. They concern the channels of the default profile; others do nothing.
 */
public final class VisitorModel {
  /** Probability of a signup of somebody whom no channel has moved. */
  private static final double BASE = 0.08;

  private static final double MOST = 0.95;
  private static final int SAMPLE = 40_000;

  /** How many visits a journey has, from one on. */
  private static final double[] LENGTHS = {0.30, 0.25, 0.20, 0.15, 0.10};

  /**
   * @param early weight among all visits but the last
   * @param last weight among last visits
   * @param lift added to the probability of a signup
   */
  private record Channel(double early, double last, double lift) {}

  private static final ImmutableMap<String, Channel> CHANNELS =
      ImmutableMap.<String, Channel>builder()
          .put("content", new Channel(0.40, 0.04, 0.25))
          .put("paid_social", new Channel(0.30, 0.06, 0.20))
          .put("organic", new Channel(0.13, 0.25, 0.15))
          .put("referral", new Channel(0.09, 0.14, 0.14))
          .put("paid_search", new Channel(0.03, 0.21, 0.03))
          .put("direct", new Channel(0.05, 0.30, 0))
          .buildOrThrow();

  private static final WeightedChoice<String> EARLY = WeightedChoice.of(CHANNELS, Channel::early);
  private static final WeightedChoice<String> LAST = WeightedChoice.of(CHANNELS, Channel::last);

  /** The channels of a visitor's journey, in their order. */
  static ImmutableList<String> journey(RandomStream stream) {
    double u = stream.nextDouble();
    int length = 1;
    for (double share : LENGTHS) {
      u -= share;
      if (u < 0 || length == LENGTHS.length) {
        break;
      }
      length++;
    }
    ImmutableList.Builder<String> journey = ImmutableList.builder();
    for (int i = 1; i < length; i++) {
      journey.add(EARLY.pick(stream));
    }
    return journey.add(LAST.pick(stream)).build();
  }

  /** The probability that a visitor who came by these channels signs up. */
  static double probability(Iterable<String> journey) {
    double probability = BASE;
    Set<String> seen = new HashSet<>();
    for (String channel : journey) {
      if (seen.add(channel)) {
        probability += CHANNELS.get(channel).lift();
      }
    }
    return Math.min(MOST, probability);
  }

  /**
   * By channel, the share of all signups that would not have come without it, from many journeys.
   */
  public static Map<String, Double> lifts(RandomStream stream) {
    Map<String, Double> lost = new TreeMap<>();
    double all = 0;
    for (int i = 0; i < SAMPLE; i++) {
      List<String> journey = journey(stream);
      double with = probability(journey);
      all += with;
      for (String channel : CHANNELS.keySet()) {
        List<String> without = new ArrayList<>(journey);
        without.removeAll(List.of(channel));
        lost.merge(channel, with - probability(without), Double::sum);
      }
    }
    double signups = all;
    lost.replaceAll((channel, sum) -> sum / signups);
    return lost;
  }

  private VisitorModel() {}
}
