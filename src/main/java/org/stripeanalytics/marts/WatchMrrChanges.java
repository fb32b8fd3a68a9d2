package org.stripeanalytics.marts;

import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
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
    return days.apply("OfAll", Filter.by(day -> day.getSegment().equals(SegmentKey.ALL)))
        .apply(
            "ToWatchedDay",
            MapElements.into(TypeDescriptor.of(WatchedDay.class)).via(WatchedDay::mrrChange));
  }
}
