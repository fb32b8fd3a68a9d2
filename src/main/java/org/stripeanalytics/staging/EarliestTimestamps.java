package org.stripeanalytics.staging;

import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;

/**
 * The global window as it has to be before a shuffle behind which event times are set. By default
 * what a shuffle brings together has the timestamp of the window's end, the end of time:
 * DirectRunner then takes every event time for late, and drops it.
 */
public final class EarliestTimestamps {
  public static <T> Window<T> kept() {
    return Window.<T>into(new GlobalWindows()).withTimestampCombiner(TimestampCombiner.EARLIEST);
  }

  private EarliestTimestamps() {}
}
