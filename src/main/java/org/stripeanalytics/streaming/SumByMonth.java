package org.stripeanalytics.streaming;

import java.time.ZoneId;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.CalendarWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.stripeanalytics.marts.LiveContribution;
import org.stripeanalytics.marts.LiveContribution.LivePartCoder;
import org.stripeanalytics.marts.LiveSums;
import org.stripeanalytics.marts.LiveSums.LiveSumsCoder;
import org.stripeanalytics.warehouse.ReportingZones;

/**
 * Sums what is added to each row in windows that are calendar months of the reporting zone. A month
 * shows early panes while it is open, one when the watermark passes its end, and one for everything
 * that still comes within {@link TakeOnce#LATENESS}; each holds the whole sum so far.
 */
final class SumByMonth
    extends PTransform<
        PCollection<KV<LiveContribution.Part, LiveSums<?>>>,
        PCollection<KV<LiveContribution.Part, LiveSums<?>>>> {
  private final ZoneId zone;
  private final Duration between;

  private SumByMonth(ZoneId zone, Duration between) {
    this.zone = zone;
    this.between = between;
  }

  /**
   * @param between how long an early pane waits for more, in processing time
   */
  static SumByMonth in(ZoneId zone, Duration between) {
    return new SumByMonth(zone, between);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  static Coder<KV<LiveContribution.Part, LiveSums<?>>> coder() {
    return (Coder) KvCoder.of(new LivePartCoder(), new LiveSumsCoder<>());
  }

  /** The row group of a key says what is measured, so all its sums measure the same. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  static Combine.BinaryCombineFn<LiveSums<?>> sumFn() {
    return (Combine.BinaryCombineFn) new LiveSums.SumFn<>();
  }

  @Override
  public PCollection<KV<LiveContribution.Part, LiveSums<?>>> expand(
      PCollection<KV<LiveContribution.Part, LiveSums<?>>> added) {
    return added
        .apply(
            "WindowByMonth",
            Window.<KV<LiveContribution.Part, LiveSums<?>>>into(
                    CalendarWindows.months(1).withTimeZone(ReportingZones.joda(zone)))
                .triggering(
                    AfterWatermark.pastEndOfWindow()
                        .withEarlyFirings(
                            AfterProcessingTime.pastFirstElementInPane().plusDelayOf(between))
                        .withLateFirings(AfterPane.elementCountAtLeast(1)))
                .withAllowedLateness(TakeOnce.LATENESS)
                .accumulatingFiredPanes())
        .apply("SumPerMonth", Combine.perKey(sumFn()))
        .setCoder(coder());
  }
}
