package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableList;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.marts.ChurnFeatures;

/**
 * What the model of churn looks at: each a column of {@code marts.churn_features}, or several, in
 * few enough values that customers can be counted by them.
 */
enum RiskFeature {
  BILLS_PAID(
      "bills paid: ",
      f -> f.getBillsPaid() <= 3 ? "" + f.getBillsPaid() : span(f.getBillsPaid(), 4, 7, 13)),
  NEXT_BILL(
      "days to the next bill: ",
      f ->
          f.getDaysToNextBill() == null
              ? "unknown"
              : span(f.getDaysToNextBill(), 0, 3, 7, 11, 15, 18, 22, 26, 28, 32)),
  PLAN("plan: ", ChurnFeatures::getPlan),
  BILLING(
      "months between bills: ",
      f -> f.getBillingMonths() == null ? "unknown" : "" + f.getBillingMonths()),
  CHANNEL("channel: ", ChurnFeatures::getChannel),
  REGION("region: ", ChurnFeatures::getRegion),
  COLLECTION(
      "failed attempts at an open bill: ",
      f ->
          f.getFailedAttemptsOpen() <= 3
              ? "" + f.getFailedAttemptsOpen()
              : span(f.getFailedAttemptsOpen(), 4, 6)),
  RECENT_FAILURES(
      "bills whose first attempt failed within 90 days: ",
      f -> f.getFailedFirstAttempts90d() < 2 ? "" + f.getFailedFirstAttempts90d() : "2+"),
  CARD_EXPIRY("card: ", RiskFeature::cardExpiry),
  CARD_FUNDING("kind of card: ", ChurnFeatures::getCardFunding),
  PLAN_CHANGE(
      "plan within 180 days: ",
      f ->
          f.getDowngrades180d() > 0
              ? "downgraded"
              : f.getUpgrades180d() > 0 ? "upgraded" : "unchanged"),
  RETURNED("left before: ", f -> f.getTimesLeft() > 0 ? "yes" : "no"),
  DISCOUNT("discount: ", f -> f.getIsDiscounted() ? "yes" : "no"),
  MONEY_BACK(
      "money back within 180 days: ",
      f -> f.getDisputes180d() > 0 ? "dispute" : f.getRefunds180d() > 0 ? "refund" : "no");

  /** In this order patterns have their values. */
  static final ImmutableList<RiskFeature> ALL = ImmutableList.copyOf(values());

  /** What the baseline looks at, and nothing else. */
  static final RiskFeature TENURE = BILLS_PAID;

  private final String words;
  private final Function<ChurnFeatures, String> value;

  RiskFeature(String words, Function<ChurnFeatures, String> value) {
    this.words = words;
    this.value = value;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  String value(ChurnFeatures features) {
    return value.apply(features);
  }

  String words(String value) {
    return words + value.replace('_', ' ');
  }

  /** A value for each feature. Customers with the same ones are alike for the model. */
  static ImmutableList<String> pattern(ChurnFeatures features) {
    return ALL.stream()
        .map(feature -> feature.value(features))
        .collect(ImmutableList.toImmutableList());
  }

  /** The baseline's part of a pattern. */
  static ImmutableList<String> tenureOnly(ImmutableList<String> pattern) {
    return ImmutableList.of(pattern.get(TENURE.ordinal()));
  }

  /** A card expires at the end of a month, so at the cut, at the next one, or later. */
  private static String cardExpiry(ChurnFeatures features) {
    if (features.getCardExpiresOn() == null) {
      return "unknown";
    }
    long days =
        ChronoUnit.DAYS.between(features.getMonth().plusMonths(1), features.getCardExpiresOn());
    return days <= 0 ? "expired" : days <= 31 ? "expires in a month" : "valid";
  }

  /** The span that a number lies in, by the first numbers of the spans. */
  private static String span(@Nullable Long number, int... starts) {
    int i = starts.length - 1;
    while (i > 0 && number < starts[i]) {
      i--;
    }
    return i == starts.length - 1 ? starts[i] + "+" : starts[i] + "-" + (starts[i + 1] - 1);
  }
}
