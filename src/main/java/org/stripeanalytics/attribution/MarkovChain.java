package org.stripeanalytics.attribution;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The absorbing Markov chain of all journeys (Anderl et al., "Mapping the customer journey", 2016).
 * A journey goes from the start through the channels to a conversion or to nothing; the probability
 * of each step is the share of the journeys that took it. Journeys without a conversion count, and
 * so do steps from a channel to itself.
 *
 * <p>The removal effect of a channel is the share of the conversion probability that is lost when
 * whoever reaches that channel is lost. Credits are in proportion to removal effects.
 *
 * <p>In a chain of order <i>n</i> the next step depends on the last <i>n</i> touches; removing a
 * channel removes every state whose last touch it is.
 *
 * <p>Solved by eliminating states as Grassmann, Taksar and Heyman do (1985): it adds, multiplies
 * and divides numbers that are not negative and never subtracts, so no digits are lost.
 */
public final class MarkovChain {
  /** Time grows with the third power of the states: for this many it is seconds. */
  public static final int MOST_STATES = 2000;

  private static final int START = 0;

  /** The states of channel c are those from firstState[c] up to firstState[c + 1]. */
  private final int[] firstState;

  /**
   * How often each step was taken. Rows are the start and the states; columns are the same, then
   * conversion, nothing, and the value of the conversions.
   */
  private final double[][] steps;

  private final int conversion;
  private final int nothing;
  private final int value;

  private MarkovChain(int[] firstState) {
    this.firstState = firstState;
    this.conversion = firstState[firstState.length - 1];
    this.nothing = conversion + 1;
    this.value = conversion + 2;
    this.steps = new double[conversion][conversion + 3];
  }

  /**
   * Counts the steps of all journeys.
   *
   * @param order how many touches the next step depends on, from 1
   * @throws IllegalArgumentException when there are more than {@link #MOST_STATES}
   */
  public static MarkovChain of(Journeys journeys, int order) {
    List<ImmutableIntArray> states = new ArrayList<>(distinctStates(journeys, order));
    checkArgument(states.size() <= MOST_STATES, "%s states", states.size());
    states.sort(Comparator.comparingInt(MarkovChain::channel));
    int[] firstState = new int[journeys.channels().size() + 1];
    Map<ImmutableIntArray, Integer> numbers = new HashMap<>();
    for (ImmutableIntArray state : states) {
      numbers.put(state, numbers.size() + 1);
      firstState[channel(state) + 1]++;
    }
    firstState[0] = START + 1;
    for (int c = 1; c < firstState.length; c++) {
      firstState[c] += firstState[c - 1];
    }
    MarkovChain chain = new MarkovChain(firstState);
    for (Journey journey : journeys.journeys()) {
      if (journey.times() > 0) {
        chain.count(journey, order, numbers);
      }
    }
    return chain;
  }

  /** How many states a chain of this order has, without the start and the ends. */
  public static int states(Journeys journeys, int order) {
    return distinctStates(journeys, order).size();
  }

  private static Set<ImmutableIntArray> distinctStates(Journeys journeys, int order) {
    Set<ImmutableIntArray> states = new HashSet<>();
    for (Journey journey : journeys.journeys()) {
      for (int i = 1; journey.times() > 0 && i <= journey.touches().length(); i++) {
        ImmutableIntArray state = state(journey, i, order);
        if (!states.contains(state)) {
          states.add(state.trimmed());
        }
      }
    }
    return states;
  }

  /** Where a journey is after some of its touches: at the last of them, as many as the order. */
  private static ImmutableIntArray state(Journey journey, int touches, int order) {
    return journey.touches().subArray(Math.max(0, touches - order), touches);
  }

  private static int channel(ImmutableIntArray state) {
    return state.get(state.length() - 1);
  }

  private void count(Journey journey, int order, Map<ImmutableIntArray, Integer> numbers) {
    int at = START;
    for (int i = 1; i <= journey.touches().length(); i++) {
      int next = numbers.get(state(journey, i, order));
      steps[at][next] += journey.times();
      at = next;
    }
    steps[at][conversion] += journey.conversions();
    steps[at][nothing] += journey.nulls();
    steps[at][value] += journey.value();
  }

  /**
   * What the chain says of its channels, in the order of {@link Journeys#channels()}.
   *
   * @param conversionProbability that a journey through the chain ends in a conversion
   * @param removalEffects the share of that probability that is lost with each channel
   * @param valueRemovalEffects the share of a journey's expected value that is lost with each
   *     channel; a conversion after a state is worth the mean of those that were seen after it
   */
  public record Solution(
      double conversionProbability,
      ImmutableDoubleArray removalEffects,
      ImmutableDoubleArray valueRemovalEffects) {}

  /** Solves the chain, which can be done once: it has no states left then. */
  public Solution solve() {
    double[] effects = new double[firstState.length - 1];
    double[] valueEffects = new double[effects.length];
    removeEach(steps, 0, effects.length, effects, valueEffects);
    double converted = steps[START][conversion];
    return new Solution(
        converted == 0 ? 0 : converted / (converted + steps[START][nothing]),
        ImmutableDoubleArray.copyOf(effects),
        ImmutableDoubleArray.copyOf(valueEffects));
  }

  /**
   * Finds the effects of the channels from one up to another, in a chain that has only their states
   * left, and takes those out too. Each half of them is found after the other half has been
   * eliminated, so that all effects together take little longer than one.
   */
  private void removeEach(
      double[][] chain, int from, int to, double[] effects, double[] valueEffects) {
    int first = firstState[from];
    int end = firstState[to];
    if (to - from == 1) {
      double[] start = chain[START];
      double converted = start[conversion];
      double brought = start[value];
      start[conversion] = 0;
      start[value] = 0;
      eliminate(chain, first, end, first, end);
      effects[from] = share(start[conversion], converted);
      valueEffects[from] = share(start[value], brought);
      start[conversion] += converted;
      start[value] += brought;
      return;
    }
    int middle = (from + to) >>> 1;
    double[][] lower = copy(first, end, chain);
    eliminate(lower, firstState[middle], end, first, end);
    removeEach(lower, from, middle, effects, valueEffects);
    eliminate(chain, first, firstState[middle], first, end);
    removeEach(chain, middle, to, effects, valueEffects);
  }

  private static double share(double part, double rest) {
    return part == 0 ? 0 : part / (part + rest);
  }

  /**
   * Takes states out of a chain: whoever would come to one of them goes at once to where they would
   * leave it for.
   *
   * @param from the first state to be eliminated
   * @param to the one after the last, where either of them bounds the states that are left
   * @param first of the states that are left in the chain
   * @param end the one after the last
   */
  private void eliminate(double[][] chain, int from, int to, int first, int end) {
    for (int out = from; out < to; out++) {
      double[] exits = chain[out];
      double leaving =
          sum(exits, first, from) + sum(exits, out + 1, end) + exits[conversion] + exits[nothing];
      redirect(chain[START], exits, out, leaving, first, from, end);
      for (int i = first; i < from; i++) {
        redirect(chain[i], exits, out, leaving, first, from, end);
      }
      for (int i = out + 1; i < end; i++) {
        redirect(chain[i], exits, out, leaving, first, from, end);
      }
    }
  }

  private void redirect(
      double[] row, double[] exits, int out, double leaving, int first, int from, int end) {
    if (row[out] == 0) {
      return;
    }
    double share = row[out] / leaving;
    for (int j = first; j < from; j++) {
      row[j] += share * exits[j];
    }
    for (int j = out + 1; j < end; j++) {
      row[j] += share * exits[j];
    }
    for (int j = conversion; j <= value; j++) {
      row[j] += share * exits[j];
    }
  }

  private static double sum(double[] row, int from, int to) {
    double sum = 0;
    for (int j = from; j < to; j++) {
      sum += row[j];
    }
    return sum;
  }

  private static double[][] copy(int first, int end, double[][] chain) {
    double[][] copy = new double[chain.length][];
    copy[START] = chain[START].clone();
    for (int i = first; i < end; i++) {
      copy[i] = chain[i].clone();
    }
    return copy;
  }
}
