package org.stripeanalytics.synthesis;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Splitter;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the delivery of events is disturbed, so that consumers can be tested: shares of the events,
 * each from 0 to 1. The events themselves stay as they are, and none is lost.
 *
 * @param late delivered after all others of its file
 * @param duplicate delivered a second time later on
 * @param outOfOrder delivered after some that happened later
 * @param malformed first delivered cut off, then whole
 */
public record Faults(double late, double duplicate, double outOfOrder, double malformed)
    implements Serializable {
  public static final Faults NONE = new Faults(0, 0, 0, 0);

  private static final List<String> NAMES =
      List.of("late", "duplicate", "out_of_order", "malformed");

  /**
   * @param text such as {@code late:0.01,duplicate:0.01,out_of_order:0.02,malformed:0.001}
   * @throws IllegalArgumentException when it names another fault or a share outside 0..1
   */
  public static Faults parse(String text) {
    Map<String, Double> shares = new HashMap<>();
    for (String fault : Splitter.on(',').trimResults().omitEmptyStrings().split(text)) {
      List<String> parts = Splitter.on(':').trimResults().splitToList(fault);
      checkArgument(
          parts.size() == 2 && NAMES.contains(parts.get(0)),
          "%s is no fault; allowed are %s, each with a share behind a colon",
          fault,
          String.join(", ", NAMES));
      shares.put(parts.get(0), share(fault, parts.get(1)));
    }
    return new Faults(
        shares.getOrDefault("late", 0.0),
        shares.getOrDefault("duplicate", 0.0),
        shares.getOrDefault("out_of_order", 0.0),
        shares.getOrDefault("malformed", 0.0));
  }

  private static double share(String fault, String text) {
    double share;
    try {
      share = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(fault + " has no number behind the colon", e);
    }
    checkArgument(share >= 0 && share <= 1, "%s has a share outside 0..1", fault);
    return share;
  }
}
