package org.stripeanalytics.pipelines.local.memory;

import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.values.WindowedValue;

/** Elements as they come, to be spread over all threads. */
final class GatheredElements implements Gathered {
  /** Many, so that the last is soon done when the others are. */
  private static final int PARTS_PER_THREAD = 64;

  private final int threads;
  private List<WindowedValue<?>> elements = new ArrayList<>();

  GatheredElements(int threads) {
    this.threads = threads;
  }

  @Override
  public synchronized void receive(WindowedValue<?> element) {
    elements.add(element);
  }

  @Override
  public synchronized List<Part> parts() {
    List<WindowedValue<?>> all = elements;
    elements = new ArrayList<>();
    int size = 1 + all.size() / (PARTS_PER_THREAD * threads);
    return Lists.partition(all, size).stream()
        .<Part>map(part -> receiver -> part.forEach(receiver::receive))
        .toList();
  }
}
