package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.marts.ChurnFeatures;
import org.stripeanalytics.prediction.Scale;

/**
 * What the model of churn looks at: each a column of {@code marts.churn_features}, or several, in
 * few enough values that customers can be counted by them.
 */
enum RiskFeature {
  BILLS_PAID("bills paid: ", numbersUpTo(14), f -> upTo(14, f.getBillsPaid())),
  NEXT_BILL("days to the next bill: ", numbersUpTo(32), RiskFeature::nextBill),
  BILLED_DAYS(
      "days left in the coming month when the next bill comes: ",
      billedDays(),
      RiskFeature::daysLeft),
  PLAN("plan: ", ChurnFeatures::getPlan),
  BILLING(
      "months between bills: ",
      f -> f.getBillingMonths() == null ? "unknown" : "" + f.getBillingMonths()),
  CHANNEL("channel: ", ChurnFeatures::getChannel),
  REGION("region: ", ChurnFeatures::getRegion),
  COLLECTION(
      "failed attempts at an open bill: ",
      ImmutableList.of("0", "1", "2", "3", "4-5", "6+"),
      f ->
          f.getFailedAttemptsOpen() <= 3
              ? "" + f.getFailedAttemptsOpen()
              : span(f.getFailedAttemptsOpen(), 4, 6)),
  DAYS_IN_COLLECTION(
      "days since an open bill failed: ",
      ImmutableList.of("0", "1", "2", "3", "4-5", "6-7", "8-9", "10-11", "12-14", "15+"),
      f ->
          f.getDaysInCollection() == null
              ? "none"
              : f.getDaysInCollection() <= 3
                  ? "" + f.getDaysInCollection()
                  : span(f.getDaysInCollection(), 4, 6, 8, 10, 12, 15)),
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

  /**
   * Of one's own accord a customer leaves before the next bill, so the days until then count; for a
   * payment that fails, those after it, in which it can be given up. Months differ in length.
   */
  private static final ImmutableMap<Risk, RiskFeature> IGNORED =
      ImmutableMap.of(Risk.VOLUNTARY, BILLED_DAYS, Risk.INVOLUNTARY, NEXT_BILL);

  /** What the baseline looks at, and nothing else. */
  static final RiskFeature TENURE = BILLS_PAID;

  private final String words;
  private final Scale scale;
  private final Function<ChurnFeatures, String> value;

  /** Of names. */
  RiskFeature(String words, Function<ChurnFeatures, String> value) {
    this(words, ImmutableList.of(), value);
  }

  /**
   * @param levels in the order in which neighbours are alike; other values are names
   */
  RiskFeature(String words, ImmutableList<String> levels, Function<ChurnFeatures, String> value) {
    this.words = words;
    this.scale = new Scale(levels);
    this.value = value;
  }

  /** Numbers of the features that tell nothing of a cause of leaving. */
  static ImmutableSet<Integer> ignored(Risk cause) {
    return ImmutableSet.of(IGNORED.get(cause).ordinal());
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

  Scale scale() {
    return scale;
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

  private static ImmutableList<String> numbersUpTo(int last) {
    return IntStream.rangeClosed(0, last)
        .mapToObj(number -> upTo(last, number))
        .collect(ImmutableList.toImmutableList());
  }

  private static String upTo(int last, long number) {
    return number < last ? "" + number : last + "+";
  }

  /** While a bill is collected, what becomes of it decides, and not when the next one comes. */
  private static String nextBill(ChurnFeatures features) {
    if (features.getFailedAttemptsOpen() > 0) {
      return "the last one is unpaid";
    }
    return features.getDaysToNextBill() == null
        ? "unknown"
        : upTo(32, features.getDaysToNextBill());
  }

  private static ImmutableList<String> billedDays() {
    return Stream.concat(
            Stream.of("no bill"), IntStream.rangeClosed(0, 31).mapToObj(String::valueOf))
        .collect(ImmutableList.toImmutableList());
  }

  /** Within so many days a payment that fails has to be given up to count in the coming month. */
  private static String daysLeft(ChurnFeatures features) {
    if (features.getFailedAttemptsOpen() > 0) {
      return "the last one is unpaid";
    }
    if (features.getDaysToNextBill() == null) {
      return "unknown";
    }
    long left = features.getMonth().plusMonths(1).lengthOfMonth() - features.getDaysToNextBill();
    return left < 0 ? "no bill" : "" + left;
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
