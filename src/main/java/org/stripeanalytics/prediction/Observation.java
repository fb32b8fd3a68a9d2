package org.stripeanalytics.prediction;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How long somebody was observed.
 *
 * @param duration from 0, in any unit
 * @param event whether it ended with the event; otherwise it is censored: the event, if there is
 *     one, comes later
 */
public record Observation(double duration, boolean event) {
  public Observation {
    checkArgument(duration >= 0 && Double.isFinite(duration), "duration %s", duration);
  }

  /**
   * All observations that end at one time.
   *
   * @param atRisk how many have not ended before it
   * @param events how many of them end at it with the event
   */
  record Moment(double time, int atRisk, int events) {}

  /** The distinct times at which observations end, in order. */
  static ImmutableList<Moment> moments(List<Observation> observations) {
    List<Observation> sorted = new ArrayList<>(observations);
    sorted.sort(Comparator.comparingDouble(Observation::duration));
    ImmutableList.Builder<Moment> moments = ImmutableList.builder();
    int from = 0;
    while (from < sorted.size()) {
      double time = sorted.get(from).duration();
      int to = from;
      int events = 0;
      while (to < sorted.size() && sorted.get(to).duration() == time) {
        events += sorted.get(to).event() ? 1 : 0;
        to++;
      }
      moments.add(new Moment(time, sorted.size() - from, events));
      from = to;
    }
    return moments.build();
  }
}
