package org.stripeanalytics.marts;

import static org.stripeanalytics.contract.Tables.REVENUE_DAILY;
import static org.stripeanalytics.marts.LedgerMeasure.CHARGES_FAILED;
import static org.stripeanalytics.marts.LedgerMeasure.CHARGES_SUCCEEDED;
import static org.stripeanalytics.marts.LedgerMeasure.DISPUTES;
import static org.stripeanalytics.marts.LedgerMeasure.ENTRIES;
import static org.stripeanalytics.marts.LedgerMeasure.FEES;
import static org.stripeanalytics.marts.LedgerMeasure.GROSS_VOLUME;
import static org.stripeanalytics.marts.LedgerMeasure.NET;
import static org.stripeanalytics.marts.LedgerMeasure.OTHER;
import static org.stripeanalytics.marts.LedgerMeasure.PAYOUTS;
import static org.stripeanalytics.marts.LedgerMeasure.REFUNDS;

import java.time.ZoneId;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.facts.LedgerEntry;
import org.stripeanalytics.model.facts.PaymentFact;
import org.stripeanalytics.model.marts.RevenueDaily;

/**
 * {@code marts.revenue_daily}: one row per day and segment value, from its first ledger entry to
 * the last day that the interval finishes, in settlement amounts converted at constant rates.
 * Definitions: {@code schemas/marts/revenue_daily.json}.
 */
public final class ComputeRevenueDaily
    extends PTransform<PCollection<LedgerEntry>, PCollection<KV<RowGroup, Sums<LedgerMeasure>>>> {
  private final DataInterval interval;
  private final ReportingFrame frame;
  private final PCollection<PaymentFact> payments;
  private final @Nullable PCollection<RevenueDaily> dayBefore;

  private ComputeRevenueDaily(
      DataInterval interval,
      ReportingFrame frame,
      PCollection<PaymentFact> payments,
      @Nullable PCollection<RevenueDaily> dayBefore) {
    this.interval = interval;
    this.frame = frame;
    this.payments = payments;
    this.dayBefore = dayBefore;
  }

  /**
   * Applied to the ledger entries of the interval.
   *
   * @param payments of the interval
   * @param dayBefore what an earlier run has computed of the day before the interval: the segment
   *     values that have had their first entry, which is all that of earlier entries matters here;
   *     null if there is none
   */
  public static ComputeRevenueDaily of(
      DataInterval interval,
      ReportingFrame frame,
      PCollection<PaymentFact> payments,
      @Nullable PCollection<RevenueDaily> dayBefore) {
    return new ComputeRevenueDaily(interval, frame, payments, dayBefore);
  }

  @Override
  public PCollection<KV<RowGroup, Sums<LedgerMeasure>>> expand(PCollection<LedgerEntry> entries) {
    ZoneId zone = frame.zone();
    PCollectionList<KV<RowGroup, Sums<LedgerMeasure>>> measures =
        PCollectionList.of(
                entries.apply(
                    "MeasureEntries",
                    MeasureFacts.bySegment(
                        LedgerMeasure.class,
                        zone,
                        (entry, count) -> count.accept(entry.getDay(), measure(entry)))))
            .and(
                payments.apply(
                    "MeasureCharges",
                    MeasureFacts.bySegment(
                        LedgerMeasure.class,
                        zone,
                        Segments::inLedger,
                        (payment, count) -> count.accept(payment.getDay(), measure(payment)))));
    return (dayBefore == null ? measures : measures.and(measureOpened(dayBefore, zone)))
        .apply("FlattenMeasures", Flatten.pCollections());
  }

  private static PCollection<KV<RowGroup, Sums<LedgerMeasure>>> measureOpened(
      PCollection<RevenueDaily> dayBefore, ZoneId zone) {
    return dayBefore.apply(
        "MeasureOpened",
        MeasureFacts.opened(
            ENTRIES,
            zone,
            row -> SegmentKey.of(row.getSegment(), row.getSegmentValue()),
            RevenueDaily::getDay));
  }

  /** How its rows follow from the sums. */
  public Mart<LedgerMeasure, RevenueDaily> mart() {
    MonthlyRevenue revenue = MonthlyRevenue.in(frame.currency());
    return new Mart<>(
        REVENUE_DAILY, Grain.DAY, LedgerMeasure.class, ENTRIES, interval, day -> row(day, revenue));
  }

  /** An entry's amount counts as what it is, its fee as a fee; a payout only moves the balance. */
  static Sums<LedgerMeasure> measure(LedgerEntry entry) {
    Sums<LedgerMeasure> one = Sums.of(ENTRIES, 1);
    if (entry.getRevenuePart().equals("payouts")) {
      return one.with(PAYOUTS, -entry.getNetReportingMinor());
    }
    LedgerMeasure part =
        switch (entry.getRevenuePart()) {
          case "gross_volume" -> GROSS_VOLUME;
          case "refunds" -> REFUNDS;
          case "disputes" -> DISPUTES;
          case "fees" -> FEES;
          case "other" -> OTHER;
          default ->
              throw new IllegalArgumentException(
                  "ledger entry with revenue_part " + entry.getRevenuePart());
        };
    return one.with(part, entry.getAmountReportingMinor())
        .with(FEES, -entry.getFeeReportingMinor())
        .with(NET, entry.getNetReportingMinor());
  }

  private static Sums<LedgerMeasure> measure(PaymentFact payment) {
    return switch (payment.getStatus()) {
      case "succeeded" -> Sums.of(CHARGES_SUCCEEDED, 1);
      case "failed" -> Sums.of(CHARGES_FAILED, 1);
      default -> Sums.none();
    };
  }

  private static RevenueDaily row(RolledPeriod<LedgerMeasure> day, MonthlyRevenue revenue) {
    Sums<LedgerMeasure> in = day.moved();
    return RevenueDaily.builder()
        .setDay(day.period())
        .setSegment(day.key().getSegment())
        .setSegmentValue(day.key().getSegmentValue())
        .setGrossVolume(revenue.major(in.get(GROSS_VOLUME)))
        .setRefunds(revenue.major(in.get(REFUNDS)))
        .setDisputes(revenue.major(in.get(DISPUTES)))
        .setFees(revenue.major(in.get(FEES)))
        .setOther(revenue.major(in.get(OTHER)))
        .setNet(revenue.major(in.get(NET)))
        .setPayouts(revenue.major(in.get(PAYOUTS)))
        .setSuccessfulCharges(in.get(CHARGES_SUCCEEDED))
        .setFailedCharges(in.get(CHARGES_FAILED))
        .build();
  }
}
