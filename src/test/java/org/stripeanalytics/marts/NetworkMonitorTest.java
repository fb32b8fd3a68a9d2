package org.stripeanalytics.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.marts.NetworkMonitor.ecmStatus;
import static org.stripeanalytics.marts.NetworkMonitor.vampStatus;

import org.junit.jupiter.api.Test;

class NetworkMonitorTest {

  @Test
  void visaNeedsBothTheShareAndTheNumber() {
    assertThat(vampStatus(1_500, 100_000), is("excessive"));
    assertThat(vampStatus(1_499, 10_000), is("ok"));
    assertThat(vampStatus(1_500, 100_001), is("ok"));
    assertThat(vampStatus(5, 0), is("ok"));
  }

  @Test
  void mastercardHasTwoSteps() {
    assertThat(ecmStatus(300, 10_000), is("hecm"));
    assertThat(ecmStatus(299, 9_000), is("ecm"));
    assertThat(ecmStatus(300, 10_001), is("ecm"));
    assertThat(ecmStatus(99, 1_000), is("ok"));
    assertThat(ecmStatus(100, 6_667), is("ok"));
  }
}
