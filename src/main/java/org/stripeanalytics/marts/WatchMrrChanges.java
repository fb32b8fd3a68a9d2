package org.stripeanalytics.marts;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.model.marts.MrrDaily;

/** What MRR gained or lost on each day, of all customers, from {@code marts.mrr_daily}. Bounded. */
public final class WatchMrrChanges
    extends PTransform<PCollection<MrrDaily>, PCollection<WatchedDay>> {
  private WatchMrrChanges() {}

  public static WatchMrrChanges create() {
    return new WatchMrrChanges();
  }

  @Override
  public PCollection<WatchedDay> expand(PCollection<MrrDaily> days) {
    return days.apply("OfAll", ParDo.of(new WatchFn()));
  }

  private static final class WatchFn extends DoFn<MrrDaily, WatchedDay> {
    @ProcessElement
    public void watch(@Element MrrDaily day, OutputReceiver<WatchedDay> output) {
      WatchedDay.ofRow(day, output::output);
    }
  }
}
