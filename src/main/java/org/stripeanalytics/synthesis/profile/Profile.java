package org.stripeanalytics.synthesis.profile;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How the synthetic account behaves: what the profile file says. {@code default-profile.yaml}
 * explains every key; {@link ProfileReader} reads and checks it. The component names are the keys.
 */
public record Profile(
    Account account,
    Signups signups,
    @Weights(of = "share") Map<Region, RegionProfile> regions,
    @Weights(of = "share") Map<String, Channel> channels,
    Marketing marketing,
    Map<String, Plan> plans,
    @Probability double annualShare,
    Trial trial,
    Churn churn,
    PlanChanges planChanges,
    Reactivation reactivation,
    Pauses pauses,
    Coupons coupons,
    Payments payments,
    Cards cards,
    Fees fees,
    Refunds refunds,
    Disputes disputes,
    Payouts payouts,
    Incidents incidents)
    implements Serializable {

  public record Account(String country, String name, String currency) implements Serializable {}

  public record Signups(
      @Between(least = -0.9, most = 10) List<Double> yearlyGrowth,
      @Between(least = 0, most = 1) double weeklyNoise,
      @Between(least = 0.001, most = 100, entries = 12) List<Double> months,
      @Between(least = 0.001, most = 100, entries = 7) List<Double> weekdays,
      @Between(least = 0.001, most = 100, entries = 24) List<Double> hours,
      List<Holiday> holidays,
      @Weights Map<SignupOutcome, Double> outcomes)
      implements Serializable {}

  public record Holiday(
      String name,
      @Between(least = 0.001, most = 100) double multiplier,
      List<Region> regions,
      List<String> days,
      @Between(least = 1, most = 31) int length)
      implements Serializable {}

  public record RegionProfile(
      @Probability double share,
      String timeZone,
      @Between(least = 0, most = 2) double conversionMultiplier,
      @Between(least = 0, most = 10) double declineMultiplier,
      @Weights Map<String, Double> plans,
      @Weights Map<String, Double> countries,
      @Probability double debitShare)
      implements Serializable {}

  public record Channel(
      @Probability double share,
      @Between(least = 0, most = 1e9) long costPerCustomer,
      @Between(least = 0, most = 10) double churnMultiplier)
      implements Serializable {}

  public record Marketing(
      @Between(least = 0, most = 2) double dailyNoise, @Probability double payersPerSignup)
      implements Serializable {}

  public record Plan(
      String product,
      String description,
      @Between(least = 1, most = 1e9) long monthlyPrice,
      @Between(least = 1, most = 1e9) long yearlyPrice,
      @Probability double voluntaryChurn,
      @Probability double upgrade,
      @Probability double downgrade)
      implements Serializable {}

  public record Trial(
      @Between(least = 1, most = 730) int days,
      @Probability double conversion,
      @Weights Map<UnconvertedTrial, Double> unconverted)
      implements Serializable {}

  public record Churn(
      @Between(least = 0, most = 10) List<Double> tenure,
      @Probability double soonAfterBill,
      @Probability double atPeriodEnd,
      @Between(least = 0, most = 1) double revoked,
      @Weights Map<String, Double> feedback)
      implements Serializable {}

  public record PlanChanges(
      @Between(least = 0, most = 10) double hazardAfterDowngrade,
      @Between(least = 0, most = 60) int monthsAfterDowngrade)
      implements Serializable {}

  public record Reactivation(
      @Probability double share,
      @Between(least = 0.001, most = 3650) double medianDays,
      @Between(least = 0, most = 3) double spread,
      @Probability double samePlan)
      implements Serializable {}

  public record Pauses(
      @Probability double share,
      @Weights Map<Integer, Double> months,
      @Weights Map<String, Double> behaviors)
      implements Serializable {}

  public record Coupons(
      @Probability double share, @Weights(of = "weight") Map<String, Offer> offers)
      implements Serializable {}

  public record Offer(
      String name,
      @Probability double weight,
      String duration,
      @Nullable Integer months,
      @Nullable BigDecimal percentOff,
      @Nullable Long amountOff)
      implements Serializable {}

  public record Payments(
      @Probability double firstAttemptDecline,
      @Between(least = 0, most = 20) double firstPaymentMultiplier,
      @Between(least = 0, most = 20) Map<Funding, Double> fundingMultipliers,
      @Probability double firstPaymentShare,
      @Weights Map<Decline, Double> declines,
      @Probability double recovery,
      @Probability Map<Decline, Double> recoveryByDecline,
      @Between(least = 0.001, most = 365) List<Double> retryDays,
      @Weights List<Double> recoveryRetry,
      @Probability double unpaidShare,
      @Probability double unpaidPaysLater,
      List<String> notRetried)
      implements Serializable {}

  public record Cards(
      Map<String, Map<String, Double>> brands,
      @Probability Map<String, Double> debit,
      @Probability double prepaid,
      @Between(least = 1, most = 120) int expiryMonths,
      @Probability double automaticUpdate)
      implements Serializable {}

  public record Fees(
      @Probability BigDecimal cardRate,
      @Between(least = 0, most = 1e6) long fixed,
      @Probability BigDecimal internationalRate,
      @Probability BigDecimal billingRate,
      @Between(least = 0, most = 1e6) long dispute)
      implements Serializable {}

  public record Refunds(
      @Probability double firstPayment,
      @Probability double later,
      @Probability double full,
      @Probability double failed,
      @Between(least = 0.001, most = 365) double medianDays,
      @Between(least = 0, most = 3) double spread,
      @Between(least = 1, most = 365) int mostDays,
      @Weights Map<String, Double> reasons)
      implements Serializable {}

  public record Disputes(
      @Probability double firstPayment,
      @Probability double later,
      @Between(least = 0.001, most = 365) double medianDays,
      @Between(least = 0, most = 3) double spread,
      @Between(least = 1, most = 120) int mostDays,
      @Probability double inquiries,
      @Probability double contested,
      @Probability double won,
      @Between(least = 1, most = 365, entries = 2) List<Integer> dueDays,
      @Between(least = 1, most = 365, entries = 2) List<Integer> verdictDays,
      @Probability double endsSubscription,
      @Weights Map<String, Double> reasons)
      implements Serializable {}

  public record Payouts(@Between(least = 1, most = 5) int weekday) implements Serializable {}

  public record Incidents(
      List<DeclineDay> declines, List<String> doubledLoads, List<String> missingLoads)
      implements Serializable {}

  public record DeclineDay(String day, @Probability double share) implements Serializable {}
}
