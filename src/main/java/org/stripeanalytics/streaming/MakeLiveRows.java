package org.stripeanalytics.streaming;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.marts.ComputeMrrMonthly;
import org.stripeanalytics.marts.ComputePaymentHealthMonthly;
import org.stripeanalytics.marts.ComputeTrialFunnel;
import org.stripeanalytics.marts.FunnelMeasure;
import org.stripeanalytics.marts.LiveContribution;
import org.stripeanalytics.marts.LiveSums;
import org.stripeanalytics.marts.Mart;
import org.stripeanalytics.marts.MrrMeasure;
import org.stripeanalytics.marts.PaymentMeasure;
import org.stripeanalytics.marts.RowGroup;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.marts.MrrMonthly;
import org.stripeanalytics.model.marts.PaymentHealthMonthly;
import org.stripeanalytics.model.marts.TrialFunnel;
import org.stripeanalytics.model.streaming.StreamedFunnel;
import org.stripeanalytics.model.streaming.StreamedMrr;
import org.stripeanalytics.model.streaming.StreamedPayments;

/**
 * Makes a row of each state of a sum: {@code streaming.streamed_mrr}, {@code streamed_payments} and
 * {@code streamed_funnel}. Each is made of the row that the mart of finished months would have if
 * the month ended now. Pane by pane.
 */
final class MakeLiveRows
    extends PTransform<PCollection<KV<LiveContribution.Part, LiveSums<?>>>, PCollectionTuple> {
  static final TupleTag<StreamedMrr> MRR = new TupleTag<>("mrr") {};
  static final TupleTag<StreamedPayments> PAYMENTS = new TupleTag<>("payments") {};
  static final TupleTag<StreamedFunnel> FUNNEL = new TupleTag<>("funnel") {};

  private final ReportingFrame frame;

  private MakeLiveRows(ReportingFrame frame) {
    this.frame = frame;
  }

  static MakeLiveRows of(ReportingFrame frame) {
    return new MakeLiveRows(frame);
  }

  @Override
  public PCollectionTuple expand(PCollection<KV<LiveContribution.Part, LiveSums<?>>> sums) {
    PCollectionTuple rows =
        sums.apply(
            "MakeRow",
            ParDo.of(new MakeFn(frame)).withOutputTags(MRR, TupleTagList.of(PAYMENTS).and(FUNNEL)));
    rows.get(MRR).setCoder(Tables.STREAMED_MRR.coder());
    rows.get(PAYMENTS).setCoder(Tables.STREAMED_PAYMENTS.coder());
    rows.get(FUNNEL).setCoder(Tables.STREAMED_FUNNEL.coder());
    return rows;
  }

  /**
   * What a row says of itself.
   *
   * @param asOf the last day that the figures know
   */
  private record State(@Nullable Instant newestEvent, long pane, String timing, LocalDate asOf) {
    static State of(LocalDate month, LiveSums<?> sums, PaneInfo pane, ZoneId zone) {
      Instant newest =
          sums.newestEvent() == LiveSums.NO_EVENT ? null : Instant.ofEpochMilli(sums.newestEvent());
      LocalDate lastDay = month.plusMonths(1).minusDays(1);
      LocalDate known = newest == null ? month : LocalDate.ofInstant(newest, zone);
      return new State(
          newest,
          pane.getIndex(),
          pane.getTiming().name().toLowerCase(Locale.ROOT),
          known.isAfter(lastDay) || pane.getTiming() != PaneInfo.Timing.EARLY
              ? lastDay
              : known.isBefore(month) ? month : known);
    }
  }

  private static final class MakeFn
      extends DoFn<KV<LiveContribution.Part, LiveSums<?>>, StreamedMrr> {
    private static final DataInterval EVER =
        DataInterval.of(LocalDate.EPOCH, LocalDate.of(9999, 1, 1));

    private final ReportingFrame frame;
    private transient Mart<MrrMeasure, MrrMonthly> mrr;
    private transient Mart<PaymentMeasure, PaymentHealthMonthly> payments;
    private transient Mart<FunnelMeasure, TrialFunnel> funnel;

    MakeFn(ReportingFrame frame) {
      this.frame = frame;
    }

    @Setup
    public void setup() {
      mrr = ComputeMrrMonthly.of(EVER, frame);
      payments = ComputePaymentHealthMonthly.mart(EVER.to(), frame);
      funnel = ComputeTrialFunnel.mart(EVER.to());
    }

    @ProcessElement
    public void make(
        @Element KV<LiveContribution.Part, LiveSums<?>> element,
        PaneInfo pane,
        MultiOutputReceiver output) {
      LocalDate month = element.getKey().month();
      RowGroup group = element.getKey().group();
      LiveSums<?> sums = element.getValue();
      State state = State.of(month, sums, pane, frame.zone());
      sums.row(mrr, group, month).ifPresent(row -> output.get(MRR).output(of(row, state)));
      sums.row(payments, group, month)
          .ifPresent(row -> output.get(PAYMENTS).output(of(row, state)));
      sums.row(funnel, group, month).ifPresent(row -> output.get(FUNNEL).output(of(row, state)));
    }

    private static StreamedMrr of(MrrMonthly row, State state) {
      return StreamedMrr.builder()
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
          .setNewestEventAt(state.newestEvent())
          .setPane(state.pane())
          .setPaneTiming(state.timing())
          .setAsOf(state.asOf())
          .build();
    }

    private static StreamedPayments of(PaymentHealthMonthly row, State state) {
      return StreamedPayments.builder()
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
          .setNewestEventAt(state.newestEvent())
          .setPane(state.pane())
          .setPaneTiming(state.timing())
          .setAsOf(state.asOf())
          .build();
    }

    private static StreamedFunnel of(TrialFunnel row, State state) {
      return StreamedFunnel.builder()
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
          .setNewestEventAt(state.newestEvent())
          .setPane(state.pane())
          .setPaneTiming(state.timing())
          .setAsOf(state.asOf())
          .build();
    }
  }
}
