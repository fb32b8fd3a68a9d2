package org.stripeanalytics.attribution;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LargestRemainderTest {

  @ParameterizedTest
  @CsvSource({
    "14000, 0, 1 1 1,     [4666; 4667; 4667]",
    "140,   2, 1 1 1,     [46.66; 46.67; 46.67]",
    "140,   0, 2 1 2,     [56; 28; 56]",
    "100,   0, 47 16 37,  [47; 16; 37]",
    "10,    0, 47 16 36,  [5; 1; 4]",
    "1,     0, 1 1,       [0; 1]",
    "3,     0, 0 5,       [0; 3]",
    "0,     0, 0 0,       [0; 0]",
    "10,    0, 3 -1,      [15; -5]",
    "0.005, 2, 1,         [0.01]"
  })
  void partsAreRoundedSoThatTheySumToTheTotal(
      BigDecimal total, int decimals, String weights, String parts) {
    double[] numbers = Arrays.stream(weights.split(" ")).mapToDouble(Double::valueOf).toArray();

    assertThat(
        LargestRemainder.divide(total, decimals, numbers).toString(), is(parts.replace(';', ',')));
  }

  @Test
  void manyPartsOfAnOddTotalSumToItAndNoneIsOffByAUnit() {
    Random random = new Random(1);
    double[] weights = random.doubles(1000).toArray();
    double all = Arrays.stream(weights).sum();
    BigDecimal total = new BigDecimal("123456.789");

    var parts = LargestRemainder.divide(total, 3, weights);

    assertThat(parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add), is(total));
    for (int i = 0; i < weights.length; i++) {
      double off = parts.get(i).doubleValue() - total.doubleValue() * weights[i] / all;
      assertThat(Math.abs(off) < 0.001, is(true));
    }
  }

  @Test
  void whatNobodyEarnedCannotBeDivided() {
    assertThrows(
        IllegalArgumentException.class,
        () -> LargestRemainder.divide(BigDecimal.ONE, 0, new double[] {0, 0}));
  }
}
