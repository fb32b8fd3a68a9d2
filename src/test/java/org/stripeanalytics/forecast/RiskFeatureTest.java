package org.stripeanalytics.forecast;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.forecast.SyntheticMonths.aPayingCustomer;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.model.marts.ChurnFeatures;

class RiskFeatureTest {
  private static final LocalDate MARCH = LocalDate.parse("2024-03-01");

  @ParameterizedTest
  @CsvSource({"0, 0", "3, 3", "4, 4-6", "6, 4-6", "7, 7-12", "12, 7-12", "13, 13+", "90, 13+"})
  void billsAreCountedInSpans(long bills, String span) {
    assertThat(
        RiskFeature.BILLS_PAID.value(aPayingCustomer(MARCH).setBillsPaid(bills).build()), is(span));
  }

  @ParameterizedTest
  @CsvSource({", unknown", "0, 0-2", "14, 11-14", "31, 28-31", "32, 32+", "300, 32+"})
  void daysToTheNextBillAreCountedInSpans(Long days, String span) {
    assertThat(
        RiskFeature.NEXT_BILL.value(aPayingCustomer(MARCH).setDaysToNextBill(days).build()),
        is(span));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-04-01, expired",
    "2024-05-01, expires in a month",
    "2024-06-01, valid",
    ", unknown"
  })
  void aCardExpiresAtTheEndOfAMonth(LocalDate expires, String value) {
    assertThat(
        RiskFeature.CARD_EXPIRY.value(aPayingCustomer(MARCH).setCardExpiresOn(expires).build()),
        is(value));
  }

  @Test
  void aPatternHasAValueForEveryFeature() {
    ChurnFeatures features = aPayingCustomer(MARCH).setDowngrades180d(1).setTimesLeft(2).build();

    assertThat(
        String.join(", ", RiskFeature.pattern(features)),
        is("1, 7-10, starter, 1, organic, europe, 0, 0, unknown, credit, downgraded, yes, no, no"));
  }
}
