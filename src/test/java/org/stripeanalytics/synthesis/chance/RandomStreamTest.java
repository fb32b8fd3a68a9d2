package org.stripeanalytics.synthesis.chance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

  @Test
  void drawsFromAStreamDoNotChangeItsForks() {
    RandomStream untouched = RandomStream.of(7);
    RandomStream drawnFrom = RandomStream.of(7);
    drawnFrom.nextLong();
    drawnFrom.fork("other").nextLong();

    assertThat(
        drawnFrom.fork("subscription", 2).nextLong(),
        equalTo(untouched.fork("subscription", 2).nextLong()));
  }

  @Test
  void forksDifferByNameByNumberAndByWhatTheyForkFrom() {
    Set<Long> firstDraws = new HashSet<>();
    RandomStream root = RandomStream.of(1);
    int forks = 0;
    for (int i = 0; i < 1_000; i++) {
      for (RandomStream fork :
          List.of(
              root.fork("a", i),
              root.fork("b", i),
              root.fork("a" + i),
              root.fork("a", i).fork("a", i),
              RandomStream.of(i).fork("a"))) {
        firstDraws.add(fork.nextLong());
        forks++;
      }
    }
    assertThat(firstDraws.size(), is(forks));
  }

  @Test
  void neighbouringCustomersAreNotShiftedCopiesOfOneSequence() {
    RandomStream root = RandomStream.of(1);
    Set<Long> one = draws(root.fork("customer", 41), 10_000);
    Set<Long> next = draws(root.fork("customer", 42), 10_000);

    one.retainAll(next);
    assertThat(one, empty());
  }

  @Test
  void drawsOfNeighbouringStreamsAreUniformAndUncorrelated() {
    RandomStream root = RandomStream.of(99);
    int n = 100_000;
    double sum = 0;
    double product = 0;
    int[] tenths = new int[10];
    double before = 0.5;
    for (int i = 0; i < n; i++) {
      double draw = root.fork("customer", i).nextDouble();
      sum += draw;
      product += (draw - 0.5) * (before - 0.5);
      tenths[(int) (draw * 10)]++;
      before = draw;
    }
    assertThat(sum / n, closeTo(0.5, 0.005));
    assertThat("correlation", product / n * 12, closeTo(0, 0.013));
    for (int tenth : tenths) {
      assertThat((double) tenth / n, closeTo(0.1, 0.005));
    }
  }

  @Test
  void normalsHaveMeanZeroAndDeviationOne() {
    RandomStream stream = RandomStream.of(3);
    List<Double> draws = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      draws.add(stream.nextNormal());
    }
    double mean = draws.stream().mapToDouble(x -> x).average().orElseThrow();
    double square = draws.stream().mapToDouble(x -> x * x).average().orElseThrow();
    assertThat(mean, closeTo(0, 0.02));
    assertThat(square, closeTo(1, 0.03));
  }

  private static Set<Long> draws(RandomStream stream, int count) {
    Set<Long> draws = new HashSet<>();
    for (int i = 0; i < count; i++) {
      draws.add(stream.nextLong());
    }
    return draws;
  }
}
