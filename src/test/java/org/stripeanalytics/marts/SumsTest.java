package org.stripeanalytics.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.stripeanalytics.marts.MrrMeasure.ARR;
import static org.stripeanalytics.marts.MrrMeasure.CUSTOMERS;
import static org.stripeanalytics.marts.MrrMeasure.NET_CHURN;

import java.util.Map;
import org.apache.beam.sdk.testing.CoderProperties;
import org.junit.jupiter.api.Test;

class SumsTest {

  @Test
  void eachMeasureIsAddedToItself() {
    Sums<MrrMeasure> sum =
        Sums.of(ARR, 5).with(NET_CHURN, -7).plus(Sums.of(CUSTOMERS, 1).with(ARR, 2));
    assertThat(sum.get(ARR), is(7L));
    assertThat(sum.get(CUSTOMERS), is(1L));
    assertThat(sum.get(NET_CHURN), is(-7L));
  }

  @Test
  void namesAreCountedApart() {
    Sums<MrrMeasure> sum =
        Sums.<MrrMeasure>none()
            .counting("stolen_card")
            .plus(Sums.<MrrMeasure>none().counting("expired_card").counting("stolen_card"));
    assertThat(sum.counts(), is(Map.of("expired_card", 1L, "stolen_card", 2L)));
  }

  @Test
  void sumsThatCancelOutEqualNone() {
    assertThat(Sums.of(NET_CHURN, 5).plus(Sums.of(NET_CHURN, -5)), is(Sums.none()));
    assertThat(Sums.of(ARR, 1), is(not(Sums.of(CUSTOMERS, 1))));
  }

  @Test
  void whatIsWrittenIsReadBack() throws Exception {
    CoderProperties.coderDecodeEncodeEqual(
        Sums.<MrrMeasure>coder(),
        Sums.of(ARR, Long.MAX_VALUE).with(NET_CHURN, -1).counting("expired_card"));
    CoderProperties.coderDecodeEncodeEqual(Sums.<MrrMeasure>coder(), Sums.none());
    CoderProperties.coderSerializable(Sums.<MrrMeasure>coder());
  }
}
