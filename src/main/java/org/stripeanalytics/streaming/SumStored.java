package org.stripeanalytics.streaming;

import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.marts.LiveContribution;
import org.stripeanalytics.marts.LiveSums;

/**
 * Sums what the customers add to the live marts as the warehouse knows them, whole: nobody shall
 * see MRR climb from nothing while a job starts. Input: bounded, an element per customer. Output:
 * one element for each row and month, with a time in that month.
 */
final class SumStored
    extends PTransform<
        PCollection<KV<String, CustomerArrivals>>,
        PCollection<KV<LiveContribution.Part, LiveSums<?>>>> {
  private final ReportingFrame frame;

  private SumStored(ReportingFrame frame) {
    this.frame = frame;
  }

  static SumStored of(ReportingFrame frame) {
    return new SumStored(frame);
  }

  @Override
  public PCollection<KV<LiveContribution.Part, LiveSums<?>>> expand(
      PCollection<KV<String, CustomerArrivals>> customers) {
    return customers
        .apply("TakeSums", ParDo.of(new TakeSumsFn()))
        .setCoder(SumByMonth.coder())
        .apply("SumPerRow", Combine.perKey(SumByMonth.sumFn()))
        .setCoder(SumByMonth.coder())
        .apply("PutIntoMonths", ParDo.of(new PutIntoMonthFn(frame)))
        .setCoder(SumByMonth.coder());
  }

  private static final class TakeSumsFn
      extends DoFn<KV<String, CustomerArrivals>, KV<LiveContribution.Part, LiveSums<?>>> {
    @ProcessElement
    public void take(
        @Element KV<String, CustomerArrivals> customer,
        OutputReceiver<KV<LiveContribution.Part, LiveSums<?>>> output) {
      customer
          .getValue()
          .summed()
          .parts()
          .forEach((part, sums) -> output.output(KV.of(part, sums)));
    }
  }

  private static final class PutIntoMonthFn
      extends DoFn<KV<LiveContribution.Part, LiveSums<?>>, KV<LiveContribution.Part, LiveSums<?>>> {
    private final ReportingFrame frame;

    PutIntoMonthFn(ReportingFrame frame) {
      this.frame = frame;
    }

    /** A grouping of all time ends after every month. */
    @Override
    @SuppressWarnings("deprecation")
    public Duration getAllowedTimestampSkew() {
      return Duration.millis(Long.MAX_VALUE);
    }

    @ProcessElement
    public void put(
        @Element KV<LiveContribution.Part, LiveSums<?>> sums,
        OutputReceiver<KV<LiveContribution.Part, LiveSums<?>>> output) {
      output.outputWithTimestamp(sums, EventTime.lastOf(sums.getKey().month(), frame.zone()));
    }
  }
}
