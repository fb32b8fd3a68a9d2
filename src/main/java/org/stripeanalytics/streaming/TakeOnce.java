package org.stripeanalytics.streaming;

import java.time.ZoneId;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.CalendarWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.stripeanalytics.warehouse.ReportingZones;

/**
 * Lets each event through once, by its id, however often it is delivered, and drops what comes more
 * than {@link #LATENESS} after the end of the day on which it happened. Windows are the days of the
 * reporting zone: an id is remembered until its day and those days are over. What is dropped here
 * is in {@code streaming.streamed_events} all the same, and the next micro-batch counts it.
 *
 * <p>Input: events by id, with the time of the event as timestamp. Output: the events, in the
 * global window.
 */
final class TakeOnce extends PTransform<PCollection<KV<String, String>>, PCollection<String>> {
  /** Stripe tries for three days to deliver an event. */
  static final int LATE_DAYS = 3;

  static final Duration LATENESS = Duration.standardDays(LATE_DAYS);

  private final ZoneId zone;

  private TakeOnce(ZoneId zone) {
    this.zone = zone;
  }

  static TakeOnce in(ZoneId zone) {
    return new TakeOnce(zone);
  }

  @Override
  public PCollection<String> expand(PCollection<KV<String, String>> events) {
    return events
        .apply(
            "WindowByDay",
            Window.<KV<String, String>>into(
                    CalendarWindows.days(1).withTimeZone(ReportingZones.joda(zone)))
                .withAllowedLateness(LATENESS)
                .discardingFiredPanes())
        .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()))
        .apply("TakeFirst", ParDo.of(new TakeFirstFn()))
        .setCoder(StringUtf8Coder.of())
        .apply("LeaveDays", Window.into(new GlobalWindows()));
  }

  private static final class TakeFirstFn extends DoFn<KV<String, String>, String> {
    @StateId("taken")
    private final StateSpec<ValueState<Boolean>> takenSpec = StateSpecs.value(BooleanCoder.of());

    @ProcessElement
    public void take(
        @Element KV<String, String> event,
        @StateId("taken") ValueState<Boolean> taken,
        OutputReceiver<String> output) {
      if (taken.read() == null) {
        taken.write(true);
        output.output(event.getValue());
      }
    }
  }
}
