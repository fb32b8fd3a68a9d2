package org.stripeanalytics.marts;

import static org.stripeanalytics.contract.Tables.PAYMENT_HEALTH_MONTHLY;
import static org.stripeanalytics.marts.PaymentMeasure.ATTEMPTS;
import static org.stripeanalytics.marts.PaymentMeasure.ATTEMPTS_SUCCEEDED;
import static org.stripeanalytics.marts.PaymentMeasure.FIRST_FAILED;
import static org.stripeanalytics.marts.PaymentMeasure.FIRST_FAILED_VOLUME;
import static org.stripeanalytics.marts.PaymentMeasure.INVOICES;
import static org.stripeanalytics.marts.PaymentMeasure.INVOLUNTARY_CHURN;
import static org.stripeanalytics.marts.PaymentMeasure.IN_RECOVERY;
import static org.stripeanalytics.marts.PaymentMeasure.RECOVERED;
import static org.stripeanalytics.marts.PaymentMeasure.RECOVERED_VOLUME;
import static org.stripeanalytics.marts.PaymentMeasure.VOLUME;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.stripeanalytics.fold.terms.ChurnKind;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.Ratio;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.intermediate.InvoiceSettlement;
import org.stripeanalytics.model.intermediate.SettlementAttempt;
import org.stripeanalytics.model.marts.PaymentFailureCount;
import org.stripeanalytics.model.marts.PaymentHealthMonthly;

/**
 * {@code marts.payment_health_monthly}: one row per month and segment value, from its first attempt
 * to the last month that has ended. An invoice counts, with all its attempts, in the month of its
 * first one; what becomes of it is decided later, so the input is all invoices and the table is
 * restated whole. Definitions: {@code schemas/marts/payment_health_monthly.json}.
 */
public final class ComputePaymentHealthMonthly
    extends PTransform<
        PCollection<InvoiceSettlement>, PCollection<KV<RowGroup, Sums<PaymentMeasure>>>> {
  private final LocalDate asOf;
  private final ReportingFrame frame;
  private final PCollection<MrrMovement> movements;

  private ComputePaymentHealthMonthly(
      LocalDate asOf, ReportingFrame frame, PCollection<MrrMovement> movements) {
    this.asOf = asOf;
    this.frame = frame;
    this.movements = movements;
  }

  /**
   * @param asOf the day whose start is the present
   * @param movements all until then
   */
  public static ComputePaymentHealthMonthly of(
      LocalDate asOf, ReportingFrame frame, PCollection<MrrMovement> movements) {
    return new ComputePaymentHealthMonthly(asOf, frame, movements);
  }

  @Override
  public PCollection<KV<RowGroup, Sums<PaymentMeasure>>> expand(
      PCollection<InvoiceSettlement> invoices) {
    ZoneId zone = frame.zone();
    return PCollectionList.of(
            invoices
                .apply("TakeAttempted", Filter.by(i -> i.getFirstAttemptedAt() != null))
                .apply(
                    "MeasureInvoices",
                    MeasureFacts.bySegment(
                        PaymentMeasure.class,
                        zone,
                        (invoice, count) ->
                            count.accept(
                                Days.of(invoice.getFirstAttemptedAt(), zone), measure(invoice)))))
        .and(
            movements.apply(
                "MeasureChurn",
                MeasureFacts.bySegment(
                    PaymentMeasure.class, zone, ComputePaymentHealthMonthly::measureChurn)))
        .apply("FlattenMeasures", Flatten.pCollections());
  }

  /**
   * Segment values already seen in earlier months; nothing else about those months affects the open
   * one.
   *
   * @param monthBefore rows of the month before
   */
  public static PCollection<KV<RowGroup, Sums<PaymentMeasure>>> opened(
      PCollection<PaymentHealthMonthly> monthBefore, ZoneId zone) {
    return monthBefore.apply(
        "MeasureOpenedPayments",
        MeasureFacts.opened(
            INVOICES,
            zone,
            row -> SegmentKey.of(row.getSegment(), row.getSegmentValue()),
            PaymentHealthMonthly::getMonth));
  }

  /** How its rows follow from the sums. */
  public Mart<PaymentMeasure, PaymentHealthMonthly> mart() {
    return mart(asOf, frame);
  }

  /** Likewise, for whoever sums by other means. */
  public static Mart<PaymentMeasure, PaymentHealthMonthly> mart(
      LocalDate asOf, ReportingFrame frame) {
    MonthlyRevenue revenue = MonthlyRevenue.in(frame.currency());
    return new Mart<>(
        PAYMENT_HEALTH_MONTHLY,
        Grain.MONTH,
        PaymentMeasure.class,
        INVOICES,
        DataInterval.of(LocalDate.EPOCH, asOf),
        month -> row(month, revenue));
  }

  static void measureChurn(
      MrrMovement movement, BiConsumer<LocalDate, Sums<PaymentMeasure>> count) {
    if (ChurnKind.INVOLUNTARY.id().equals(movement.getChurnKind())) {
      count.accept(movement.getDay(), Sums.of(INVOLUNTARY_CHURN, -movement.getArrMinorChange()));
    }
  }

  static Sums<PaymentMeasure> measure(InvoiceSettlement invoice) {
    long volume = invoice.getAmountDueReportingMinor();
    Sums<PaymentMeasure> sums =
        Sums.of(INVOICES, 1)
            .with(VOLUME, volume)
            .with(ATTEMPTS, invoice.getAttempts())
            .with(ATTEMPTS_SUCCEEDED, invoice.getAttemptsSucceeded());
    if ("failed".equals(invoice.getFirstAttemptStatus())) {
      sums = sums.with(FIRST_FAILED, 1).with(FIRST_FAILED_VOLUME, volume);
    }
    if (invoice.getIsRecovered()) {
      sums = sums.with(RECOVERED, 1).with(RECOVERED_VOLUME, volume);
    }
    if (invoice.getIsInRecovery()) {
      sums = sums.with(IN_RECOVERY, 1);
    }
    for (SettlementAttempt attempt : invoice.getAttemptLog()) {
      if (attempt.getStatus().equals("failed")) {
        sums = sums.counting(attempt.getFailureCode());
      }
    }
    return sums;
  }

  private static PaymentHealthMonthly row(
      RolledPeriod<PaymentMeasure> month, MonthlyRevenue revenue) {
    Sums<PaymentMeasure> in = month.moved();
    boolean decided = in.get(IN_RECOVERY) == 0;
    return PaymentHealthMonthly.builder()
        .setMonth(month.period())
        .setSegment(month.key().getSegment())
        .setSegmentValue(month.key().getSegmentValue())
        .setInvoicesAttempted(in.get(INVOICES))
        .setInvoiceVolume(revenue.major(in.get(VOLUME)))
        .setFirstAttemptFailed(in.get(FIRST_FAILED))
        .setFirstAttemptFailedVolume(revenue.major(in.get(FIRST_FAILED_VOLUME)))
        .setFirstAttemptFailureRate(Ratio.orNull(in.get(FIRST_FAILED), in.get(INVOICES)))
        .setFirstAttemptFailureRateVolume(Ratio.orNull(in.get(FIRST_FAILED_VOLUME), in.get(VOLUME)))
        .setRecovered(in.get(RECOVERED))
        .setRecoveredVolume(revenue.major(in.get(RECOVERED_VOLUME)))
        .setInRecovery(in.get(IN_RECOVERY))
        .setRecoveryRate(decided ? Ratio.orNull(in.get(RECOVERED), in.get(FIRST_FAILED)) : null)
        .setRecoveryRateVolume(
            decided ? Ratio.orNull(in.get(RECOVERED_VOLUME), in.get(FIRST_FAILED_VOLUME)) : null)
        .setAttempts(in.get(ATTEMPTS))
        .setAttemptsSucceeded(in.get(ATTEMPTS_SUCCEEDED))
        .setChargeSuccessRate(Ratio.orNull(in.get(ATTEMPTS_SUCCEEDED), in.get(ATTEMPTS)))
        .setPaymentFailuresByCode(mostFrequentFirst(in.counts()))
        .setInvoluntaryChurnMrr(revenue.perMonth(in.get(INVOLUNTARY_CHURN)))
        .build();
  }

  private static List<PaymentFailureCount> mostFrequentFirst(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(
            count ->
                PaymentFailureCount.builder()
                    .setCode(count.getKey())
                    .setCount(count.getValue())
                    .build())
        .toList();
  }
}
