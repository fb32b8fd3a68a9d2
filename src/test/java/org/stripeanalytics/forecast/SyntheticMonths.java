package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.apache.beam.sdk.values.KV;
import org.stripeanalytics.model.marts.ChurnFeatures;

/** Months of customers who leave by a hazard that the test chooses. */
final class SyntheticMonths {
  static final LocalDate AS_OF = LocalDate.parse("2026-01-01");
  private static final LocalDate FIRST = LocalDate.parse("2022-01-01");
  private static final int MONTHS = 48;
  private static final int CUSTOMERS_A_MONTH = 300;
  private static final ImmutableList<String> PLANS = ImmutableList.of("starter", "professional");

  /**
   * @param hazard of leaving of one's own accord within a month; half of it for another reason
   */
  static List<CountedMonth> of(long seed, ToDoubleFunction<ChurnFeatures> hazard) {
    return observed(seed, CUSTOMERS_A_MONTH, hazard).stream()
        .map(month -> counted(CountOutcomes.one(month)))
        .toList();
  }

  /** The same months, one by one, with a number of customers in each. */
  static List<ObservedMonth> observed(
      long seed, int customersAMonth, ToDoubleFunction<ChurnFeatures> hazard) {
    Random random = new Random(seed);
    List<ObservedMonth> months = new ArrayList<>();
    for (int m = 0; m < MONTHS; m++) {
      LocalDate month = FIRST.plusMonths(m);
      for (int c = 0; c < customersAMonth; c++) {
        ChurnFeatures features = features(month, random);
        double draw = random.nextDouble();
        double h = hazard.applyAsDouble(features);
        String outcome =
            draw < h ? Outcome.VOLUNTARY : draw < 1.5 * h ? Outcome.INVOLUNTARY : Outcome.STAYED;
        months.add(
            ObservedMonth.builder()
                .setFeatures(features)
                .setOutcome1m(month.plusMonths(2).isAfter(AS_OF) ? null : outcome)
                .setDecided1m(outcome.equals(Outcome.VOLUNTARY))
                .setOutcome3m(month.plusMonths(4).isAfter(AS_OF) ? null : outcome)
                .build());
      }
    }
    return months;
  }

  private static CountedMonth counted(KV<List<String>, OutcomeCounts> one) {
    return CountOutcomes.counted(List.of(List.of(one))).get(0);
  }

  private static ChurnFeatures features(LocalDate month, Random random) {
    return aPayingCustomer(month)
        .setPlan(PLANS.get(random.nextInt(PLANS.size())))
        .setBillsPaid(1 + random.nextInt(12))
        .setFailedAttemptsOpen(random.nextInt(10) == 0 ? 1 : 0)
        .build();
  }

  static ChurnFeatures.Builder aPayingCustomer(LocalDate month) {
    return ChurnFeatures.builder()
        .setCustomerId("cus_1")
        .setMonth(month)
        .setRegion("europe")
        .setChannel("organic")
        .setPlan("starter")
        .setBillingMonths(1L)
        .setArrMinor(24_000)
        .setIsAnnounced(false)
        .setIsDiscounted(false)
        .setBillsPaid(1)
        .setDaysToNextBill(10L)
        .setDaysSinceLastBill(20L)
        .setFailedAttemptsOpen(0)
        .setFailedFirstAttempts90d(0)
        .setCardFunding("credit")
        .setUpgrades180d(0)
        .setDowngrades180d(0)
        .setTimesLeft(0)
        .setRefunds180d(0)
        .setDisputes180d(0);
  }

  private SyntheticMonths() {}
}
