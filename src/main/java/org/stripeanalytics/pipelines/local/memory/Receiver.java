package org.stripeanalytics.pipelines.local.memory;

import org.apache.beam.sdk.values.WindowedValue;

/** Takes elements, one after the other. */
interface Receiver {
  void receive(WindowedValue<?> element);
}
