package org.stripeanalytics.synthesis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.stripeanalytics.synthesis.history.Recorder;
import org.stripeanalytics.synthesis.history.Snapshot;

/** Keeps of each object the last state of every day on which it changed: what raw tables hold. */
final class EndOfDayVersions implements Recorder {
  private final List<Snapshot<?>> versions = new ArrayList<>();
  private final Map<String, Integer> newest = new HashMap<>();

  @Override
  public void record(Snapshot<?> snapshot) {
    Integer before = newest.get(snapshot.id());
    if (before != null && versions.get(before).day().equals(snapshot.day())) {
      versions.set(before, snapshot);
    } else {
      newest.put(snapshot.id(), versions.size());
      versions.add(snapshot);
    }
  }

  void forEach(Consumer<Snapshot<?>> consumer) {
    versions.forEach(consumer);
  }
}
