package org.stripeanalytics.attribution;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import java.util.function.ToDoubleFunction;

/**
 * The Shapley value of each channel: what it adds to a coalition of other channels, on average over
 * all orders in which they may come together (Shapley, 1953). Exact, whatever the worth of a
 * coalition is taken to be.
 */
public final class ShapleyValue {
  /** A worth that has to be known of every coalition doubles them with every channel. */
  public static final int MOST_PLAYERS = 20;

  /**
   * A coalition is worth what the journeys brought that touched no channel outside of it. Then a
   * journey's worth is divided equally among its distinct channels, however often it touched them
   * and whatever their number (Zhao, Mahboobi, Bagheri, "Shapley value methods for attribution
   * modeling in online advertising", 2018).
   *
   * @param brought what the journeys brought, such as {@link Journey#conversions()}
   */
  public static double[] ofSubsets(Journeys journeys, ToDoubleFunction<Journey> brought) {
    double[] values = new double[journeys.channels().size()];
    for (Journey journey : journeys.journeys()) {
      int[] distinct = journey.touches().stream().distinct().toArray();
      for (int channel : distinct) {
        values[channel] += brought.applyAsDouble(journey) / distinct.length;
      }
    }
    return values;
  }

  /**
   * A coalition is worth the rate of those journeys: what they brought, divided by how often they
   * were taken, unconverted ones included. A channel that lowers the rate has a negative value.
   *
   * @param brought what the journeys brought, such as {@link Journey#conversions()}
   * @throws IllegalArgumentException when there are more than {@link #MOST_PLAYERS} channels
   */
  public static double[] ofRates(Journeys journeys, ToDoubleFunction<Journey> brought) {
    double[] worth = sumOverSubsets(bySet(journeys, brought));
    double[] times = sumOverSubsets(bySet(journeys, Journey::times));
    for (int coalition = 0; coalition < worth.length; coalition++) {
      worth[coalition] = times[coalition] == 0 ? 0 : worth[coalition] / times[coalition];
    }
    return of(worth);
  }

  /**
   * A coalition is worth what the journeys brought that touched exactly its channels: a game as
   * textbooks write it down, a line for each coalition. What is divided is the worth of all
   * channels together.
   *
   * @param brought what the journeys brought, such as {@link Journey#conversions()}
   * @throws IllegalArgumentException when there are more than {@link #MOST_PLAYERS} channels
   */
  public static double[] ofGame(Journeys journeys, ToDoubleFunction<Journey> brought) {
    return of(bySet(journeys, brought));
  }

  /**
   * The Shapley values of any game.
   *
   * @param worth of each coalition; bit <i>i</i> of its index says whether player <i>i</i> is in it
   */
  static double[] of(double[] worth) {
    int players = Integer.numberOfTrailingZeros(worth.length);
    double[] weights = weights(players);
    double[] values = new double[players];
    for (int coalition = 0; coalition < worth.length; coalition++) {
      for (int i = 0; i < players; i++) {
        if ((coalition & 1 << i) == 0) {
          double added = worth[coalition | 1 << i] - worth[coalition];
          values[i] += weights[Integer.bitCount(coalition)] * added;
        }
      }
    }
    return values;
  }

  /** By the size of a coalition, the share of the orders in which just it is there before one. */
  private static double[] weights(int players) {
    double[] weights = new double[players];
    double orders = players;
    for (int size = 0; size < players; size++) {
      weights[size] = 1 / orders;
      orders = orders * (players - 1 - size) / (size + 1);
    }
    return weights;
  }

  private static double[] bySet(Journeys journeys, ToDoubleFunction<Journey> measure) {
    int players = journeys.channels().size();
    checkArgument(players <= MOST_PLAYERS, "%s channels", players);
    double[] sums = new double[1 << players];
    for (Journey journey : journeys.journeys()) {
      sums[set(journey.touches())] += measure.applyAsDouble(journey);
    }
    return sums;
  }

  private static int set(ImmutableIntArray touches) {
    return touches.stream().reduce(0, (set, channel) -> set | 1 << channel);
  }

  /** Adds to each set what all its subsets have. */
  private static double[] sumOverSubsets(double[] sums) {
    for (int bit = 1; bit < sums.length; bit <<= 1) {
      for (int set = 0; set < sums.length; set++) {
        if ((set & bit) != 0) {
          sums[set] += sums[set ^ bit];
        }
      }
    }
    return sums;
  }

  private ShapleyValue() {}
}
