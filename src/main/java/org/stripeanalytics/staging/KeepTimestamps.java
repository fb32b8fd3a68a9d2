package org.stripeanalytics.staging;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;

/**
 * Goes before a grouping in the global window, so that what comes out of it is as old as the oldest
 * of its elements. By default it would carry the end of time, and whatever is given its event time
 * afterwards would be late: dropped by DirectRunner and in streaming, kept by others. Output: the
 * input, in the global window.
 */
public final class KeepTimestamps<T> extends PTransform<PCollection<T>, PCollection<T>> {
  private KeepTimestamps() {}

  public static <T> KeepTimestamps<T> create() {
    return new KeepTimestamps<>();
  }

  @Override
  public PCollection<T> expand(PCollection<T> elements) {
    return elements.apply(
        "EarliestOfGroup",
        Window.<T>into(new GlobalWindows()).withTimestampCombiner(TimestampCombiner.EARLIEST));
  }
}
