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
  @CsvSource({"0, 0", "13, 13", "14, 14+", "90, 14+"})
  void billsAreCountedOneByOneForAYear(long bills, String value) {
    assertThat(
        RiskFeature.BILLS_PAID.value(aPayingCustomer(MARCH).setBillsPaid(bills).build()),
        is(value));
  }

  @ParameterizedTest
  @CsvSource({", 0, unknown", "0, 0, 0", "31, 0, 31", "32, 0, 32+", "300, 0, 32+", "9, 1, unpaid"})
  void theNextBillMattersIfTheLastOneIsPaid(Long days, long failed, String value) {
    assertThat(
        RiskFeature.NEXT_BILL.value(
            aPayingCustomer(MARCH).setDaysToNextBill(days).setFailedAttemptsOpen(failed).build()),
        is(value.equals("unpaid") ? "the last one is unpaid" : value));
  }

  @ParameterizedTest
  @CsvSource({", 0, unknown", "0, 0, 30", "30, 0, 0", "31, 0, no bill", "9, 1, unpaid"})
  void aBillIsCountedByTheDaysThatAreLeftOfTheComingMonth(Long days, long failed, String value) {
    assertThat(
        RiskFeature.BILLED_DAYS.value(
            aPayingCustomer(MARCH).setDaysToNextBill(days).setFailedAttemptsOpen(failed).build()),
        is(value.equals("unpaid") ? "the last one is unpaid" : value));
  }

  @ParameterizedTest
  @CsvSource({", none", "0, 0", "3, 3", "4, 4-5", "14, 12-14", "40, 15+"})
  void daysInCollectionAreCountedInSpans(Long days, String value) {
    assertThat(
        RiskFeature.DAYS_IN_COLLECTION.value(
            aPayingCustomer(MARCH).setDaysInCollection(days).build()),
        is(value));
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
        is(
            "1, 10, 20, starter, 1, organic, europe, 0, none, 0, unknown, credit, downgraded, yes, no, no"));
  }
}
