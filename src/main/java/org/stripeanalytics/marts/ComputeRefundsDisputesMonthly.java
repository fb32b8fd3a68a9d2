package org.stripeanalytics.marts;

import static org.stripeanalytics.contract.Tables.REFUNDS_DISPUTES_MONTHLY;
import static org.stripeanalytics.marts.IncidentMeasure.CHARGES;
import static org.stripeanalytics.marts.IncidentMeasure.COHORT_DISPUTED;
import static org.stripeanalytics.marts.IncidentMeasure.COHORT_DISPUTED_VOLUME;
import static org.stripeanalytics.marts.IncidentMeasure.COHORT_REFUNDED;
import static org.stripeanalytics.marts.IncidentMeasure.COHORT_REFUNDED_VOLUME;
import static org.stripeanalytics.marts.IncidentMeasure.DISPUTED;
import static org.stripeanalytics.marts.IncidentMeasure.DISPUTED_VOLUME;
import static org.stripeanalytics.marts.IncidentMeasure.DISPUTES_LOST;
import static org.stripeanalytics.marts.IncidentMeasure.DISPUTES_WON;
import static org.stripeanalytics.marts.IncidentMeasure.MASTERCARD_CHARGES;
import static org.stripeanalytics.marts.IncidentMeasure.MASTERCARD_DISPUTES;
import static org.stripeanalytics.marts.IncidentMeasure.REFUNDED;
import static org.stripeanalytics.marts.IncidentMeasure.REFUNDED_VOLUME;
import static org.stripeanalytics.marts.IncidentMeasure.VISA_CHARGES;
import static org.stripeanalytics.marts.IncidentMeasure.VISA_DISPUTES;
import static org.stripeanalytics.marts.IncidentMeasure.VOLUME;

import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.Ratio;
import org.stripeanalytics.model.facts.DisputeFact;
import org.stripeanalytics.model.facts.PaymentFact;
import org.stripeanalytics.model.facts.RefundFact;
import org.stripeanalytics.model.marts.RefundsDisputesMonthly;

/**
 * {@code marts.refunds_disputes_monthly}: one row per month and segment value, from its first
 * succeeded charge to the last month that has ended, by activity and by the month of the charge.
 * Disputes come late, so the input is all charges and the table is restated whole. Definitions:
 * {@code schemas/marts/refunds_disputes_monthly.json}.
 */
public final class ComputeRefundsDisputesMonthly
    extends PTransform<PCollection<PaymentFact>, PCollection<KV<RowGroup, Sums<IncidentMeasure>>>> {
  /** How long cardholders have to dispute a charge. */
  private static final int PROVISIONAL_DAYS = 120;

  private final LocalDate asOf;
  private final ReportingFrame frame;
  private final PCollection<RefundFact> refunds;
  private final PCollection<DisputeFact> disputes;

  private ComputeRefundsDisputesMonthly(
      LocalDate asOf,
      ReportingFrame frame,
      PCollection<RefundFact> refunds,
      PCollection<DisputeFact> disputes) {
    this.asOf = asOf;
    this.frame = frame;
    this.refunds = refunds;
    this.disputes = disputes;
  }

  /**
   * @param asOf the day whose start is the present
   * @param refunds all until then
   * @param disputes all until then
   */
  public static ComputeRefundsDisputesMonthly of(
      LocalDate asOf,
      ReportingFrame frame,
      PCollection<RefundFact> refunds,
      PCollection<DisputeFact> disputes) {
    return new ComputeRefundsDisputesMonthly(asOf, frame, refunds, disputes);
  }

  @Override
  public PCollection<KV<RowGroup, Sums<IncidentMeasure>>> expand(
      PCollection<PaymentFact> payments) {
    ZoneId zone = frame.zone();
    TypeDescriptor<ChargeIncident> incident = TypeDescriptor.of(ChargeIncident.class);
    PCollection<DisputeFact> real =
        disputes.apply("TakeDisputes", Filter.by(ComputeRefundsDisputesMonthly::isReal));
    PCollection<ChargeIncident> incidents =
        PCollectionList.of(
                refunds
                    .apply("TakeSucceeded", Filter.by(ComputeRefundsDisputesMonthly::isReal))
                    .apply(
                        "RefundIncidents",
                        MapElements.into(incident).via((RefundFact r) -> ChargeIncident.of(r))))
            .and(
                real.apply(
                    "DisputeIncidents",
                    MapElements.into(incident).via((DisputeFact d) -> ChargeIncident.of(d))))
            .apply("FlattenIncidents", Flatten.pCollections());
    return PCollectionList.of(
            payments
                .apply("TakeCharges", Filter.by(p -> p.getStatus().equals("succeeded")))
                .apply(
                    "MeasureCharges",
                    MeasureFacts.bySegment(
                        IncidentMeasure.class,
                        zone,
                        (charge, count) -> count.accept(charge.getDay(), measure(charge)))))
        .and(incidents.apply("MeasureIncidents", MeasureIncidents.in(zone)))
        .and(
            real.apply(
                "MeasureDisputes",
                MeasureFacts.bySegment(
                    IncidentMeasure.class,
                    zone,
                    (dispute, count) -> count.accept(dispute.getDay(), measure(dispute)))))
        .apply("FlattenMeasures", Flatten.pCollections());
  }

  /** How its rows follow from the sums. */
  public Mart<IncidentMeasure, RefundsDisputesMonthly> mart() {
    MonthlyRevenue revenue = MonthlyRevenue.in(frame.currency());
    LocalDate present = asOf;
    return new Mart<>(
        REFUNDS_DISPUTES_MONTHLY,
        Grain.MONTH,
        IncidentMeasure.class,
        CHARGES,
        DataInterval.of(LocalDate.EPOCH, asOf),
        month -> row(month, revenue, present));
  }

  /** Money has moved: it neither failed nor only releases what was held. */
  private static boolean isReal(RefundFact refund) {
    return refund.getStatus().equals("succeeded") && !refund.getIsRelease();
  }

  /** Money has moved: neither an inquiry nor prevented. */
  private static boolean isReal(DisputeFact dispute) {
    return !dispute.getIsInquiry() && !dispute.getStatus().equals("prevented");
  }

  private static Sums<IncidentMeasure> measure(PaymentFact charge) {
    return Sums.of(CHARGES, 1)
        .with(VOLUME, charge.getAmountReportingMinor())
        .with(VISA_CHARGES, charge.getNetwork().equals("visa") ? 1 : 0)
        .with(MASTERCARD_CHARGES, charge.getNetwork().equals("mastercard") ? 1 : 0);
  }

  private static Sums<IncidentMeasure> measure(DisputeFact dispute) {
    return Sums.of(DISPUTES_WON, dispute.getStatus().equals("won") ? 1 : 0)
        .with(DISPUTES_LOST, dispute.getStatus().equals("lost") ? 1 : 0)
        .with(VISA_DISPUTES, dispute.getNetwork().equals("visa") ? 1 : 0)
        .with(MASTERCARD_DISPUTES, dispute.getNetwork().equals("mastercard") ? 1 : 0);
  }

  private static RefundsDisputesMonthly row(
      RolledPeriod<IncidentMeasure> month, MonthlyRevenue revenue, LocalDate asOf) {
    Sums<IncidentMeasure> in = month.moved();
    long charges = in.get(CHARGES);
    long volume = in.get(VOLUME);
    RefundsDisputesMonthly.Builder row =
        RefundsDisputesMonthly.builder()
            .setMonth(month.period())
            .setSegment(month.key().getSegment())
            .setSegmentValue(month.key().getSegmentValue())
            .setChargesSucceeded(charges)
            .setChargeVolume(revenue.major(volume))
            .setRefundedCharges(in.get(REFUNDED))
            .setRefundedVolume(revenue.major(in.get(REFUNDED_VOLUME)))
            .setCohortRefundedCharges(in.get(COHORT_REFUNDED))
            .setCohortRefundedVolume(revenue.major(in.get(COHORT_REFUNDED_VOLUME)))
            .setDisputedCharges(in.get(DISPUTED))
            .setDisputedVolume(revenue.major(in.get(DISPUTED_VOLUME)))
            .setCohortDisputedCharges(in.get(COHORT_DISPUTED))
            .setCohortDisputedVolume(revenue.major(in.get(COHORT_DISPUTED_VOLUME)))
            .setRefundRate(Ratio.orNull(in.get(REFUNDED), charges))
            .setRefundRateVolume(Ratio.orNull(in.get(REFUNDED_VOLUME), volume))
            .setCohortRefundRate(Ratio.orNull(in.get(COHORT_REFUNDED), charges))
            .setCohortRefundRateVolume(Ratio.orNull(in.get(COHORT_REFUNDED_VOLUME), volume))
            .setDisputeRate(Ratio.orNull(in.get(DISPUTED), charges))
            .setDisputeRateVolume(Ratio.orNull(in.get(DISPUTED_VOLUME), volume))
            .setCohortDisputeRate(Ratio.orNull(in.get(COHORT_DISPUTED), charges))
            .setCohortDisputeRateVolume(Ratio.orNull(in.get(COHORT_DISPUTED_VOLUME), volume))
            .setDisputesWon(in.get(DISPUTES_WON))
            .setDisputesLost(in.get(DISPUTES_LOST))
            .setWinRate(
                Ratio.orNull(in.get(DISPUTES_WON), in.get(DISPUTES_WON) + in.get(DISPUTES_LOST)))
            .setIsProvisional(
                asOf.isBefore(Grain.MONTH.next(month.period()).plusDays(PROVISIONAL_DAYS)));
    return month.key().isAll() ? monitored(row, month).build() : row.build();
  }

  private static RefundsDisputesMonthly.Builder monitored(
      RefundsDisputesMonthly.Builder row, RolledPeriod<IncidentMeasure> month) {
    long visa = month.moved().get(VISA_DISPUTES);
    long visaCharges = month.moved().get(VISA_CHARGES);
    long mastercard = month.moved().get(MASTERCARD_DISPUTES);
    long mastercardBefore = month.moved(1).get(MASTERCARD_CHARGES);
    return row.setVisaDisputes(visa)
        .setVisaCharges(visaCharges)
        .setVampRatio(Ratio.orNull(visa, visaCharges))
        .setVampStatus(NetworkMonitor.vampStatus(visa, visaCharges))
        .setMastercardDisputes(mastercard)
        .setMastercardChargesPreviousMonth(mastercardBefore)
        .setEcmRatio(Ratio.orNull(mastercard, mastercardBefore))
        .setEcmStatus(NetworkMonitor.ecmStatus(mastercard, mastercardBefore));
  }
}
