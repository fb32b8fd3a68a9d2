package org.stripeanalytics.marts;

import static org.stripeanalytics.contract.Tables.LIVE_FUNNEL;
import static org.stripeanalytics.contract.Tables.LIVE_MRR;
import static org.stripeanalytics.contract.Tables.LIVE_PAYMENTS;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.marts.LiveFunnel;
import org.stripeanalytics.model.marts.LiveMrr;
import org.stripeanalytics.model.marts.LivePayments;
import org.stripeanalytics.model.marts.MrrMonthly;
import org.stripeanalytics.model.marts.PaymentHealthMonthly;
import org.stripeanalytics.model.marts.TrialFunnel;

/**
 * The marts of the month that is not over yet. Each is made of the row that the mart of finished
 * months would have if the month ended now, so there is no second definition of any figure, and on
 * the month's last day the two are equal. Which events they contain, {@link AccountMarts} adds.
 */
public final class LiveMarts {

  /** All of them, each of the mart of finished months that it is made of. */
  public static ImmutableList<Mart<?, ?>> of(
      Mart<?, MrrMonthly> mrr,
      Mart<?, PaymentHealthMonthly> payments,
      Mart<?, TrialFunnel> funnel,
      LocalDate asOf) {
    return ImmutableList.of(ofMrr(mrr, asOf), ofPayments(payments, asOf), ofFunnel(funnel, asOf));
  }

  /** {@code marts.live_mrr}, of what {@code marts.mrr_monthly} is made of. */
  public static <M extends Enum<M>> Mart<M, LiveMrr> ofMrr(
      Mart<M, MrrMonthly> finished, LocalDate asOf) {
    LocalDate lastDay = asOf.minusDays(1);
    return live(
        finished,
        asOf,
        LIVE_MRR,
        row ->
            LiveMrr.builder()
                .setMonth(row.getMonth())
                .setSegment(row.getSegment())
                .setSegmentValue(row.getSegmentValue())
                .setMrrStart(row.getMrrStart())
                .setMrrNew(row.getMrrNew())
                .setMrrReactivation(row.getMrrReactivation())
                .setMrrExpansion(row.getMrrExpansion())
                .setMrrContraction(row.getMrrContraction())
                .setMrrChurn(row.getMrrChurn())
                .setMrrEnd(row.getMrrEnd())
                .setMrrPastDue(row.getMrrPastDue())
                .setScheduledChurnMrr(row.getScheduledChurnMrr())
                .setCustomersStart(row.getCustomersStart())
                .setCustomersNew(row.getCustomersNew())
                .setCustomersReactivated(row.getCustomersReactivated())
                .setCustomersChurned(row.getCustomersChurned())
                .setCustomersEnd(row.getCustomersEnd())
                .setArrEnd(row.getArrEnd())
                .setArpa(row.getArpa())
                .setAsOf(lastDay)
                .build());
  }

  /** {@code marts.live_payments}, of what {@code marts.payment_health_monthly} is made of. */
  public static <M extends Enum<M>> Mart<M, LivePayments> ofPayments(
      Mart<M, PaymentHealthMonthly> finished, LocalDate asOf) {
    LocalDate lastDay = asOf.minusDays(1);
    return live(
        finished,
        asOf,
        LIVE_PAYMENTS,
        row ->
            LivePayments.builder()
                .setMonth(row.getMonth())
                .setSegment(row.getSegment())
                .setSegmentValue(row.getSegmentValue())
                .setInvoicesAttempted(row.getInvoicesAttempted())
                .setInvoiceVolume(row.getInvoiceVolume())
                .setFirstAttemptFailed(row.getFirstAttemptFailed())
                .setFirstAttemptFailedVolume(row.getFirstAttemptFailedVolume())
                .setRecovered(row.getRecovered())
                .setRecoveredVolume(row.getRecoveredVolume())
                .setInRecovery(row.getInRecovery())
                .setAttempts(row.getAttempts())
                .setAttemptsSucceeded(row.getAttemptsSucceeded())
                .setChargeSuccessRate(row.getChargeSuccessRate())
                .setInvoluntaryChurnMrr(row.getInvoluntaryChurnMrr())
                .setAsOf(lastDay)
                .build());
  }

  /** {@code marts.live_funnel}, of what {@code marts.trial_funnel} is made of. */
  public static <M extends Enum<M>> Mart<M, LiveFunnel> ofFunnel(
      Mart<M, TrialFunnel> finished, LocalDate asOf) {
    LocalDate lastDay = asOf.minusDays(1);
    return live(
        finished,
        asOf,
        LIVE_FUNNEL,
        row ->
            LiveFunnel.builder()
                .setMonth(row.getSignupMonth())
                .setSegment(row.getSegment())
                .setSegmentValue(row.getSegmentValue())
                .setSignups(row.getSignups())
                .setTrialsStarted(row.getTrialsStarted())
                .setTrialsConverted(row.getTrialsConverted())
                .setPaidWithoutTrial(row.getPaidWithoutTrial())
                .setPaid(row.getPaid())
                .setTrialConversionRate(row.getTrialConversionRate())
                .setSignupToPaidRate(row.getSignupToPaidRate())
                .setAsOf(lastDay)
                .build());
  }

  /**
   * @param asOf the first day not covered; the month is that of the day before
   */
  private static <M extends Enum<M>, R, L> Mart<M, L> live(
      Mart<M, R> finished,
      LocalDate asOf,
      WarehouseTable<L> table,
      SerializableFunction<R, L> toLive) {
    Grain grain = finished.grain();
    LocalDate month = grain.containing(asOf.minusDays(1));
    SerializableFunction<RolledPeriod<M>, R> toRow = finished.toRow();
    return new Mart<>(
        table,
        grain,
        finished.measured(),
        finished.firstEvent(),
        DataInterval.of(month, grain.next(month)),
        period -> toLive.apply(toRow.apply(period)));
  }

  private LiveMarts() {}
}
