package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.stripeanalytics.pipelines.Manifest;

/** The order in which pipelines run: each after those whose tables it reads. */
final class TaskOrder {

  /**
   * Orders tasks by what their manifests read and write; otherwise they keep the order of {@code
   * manifests}.
   *
   * @throws IllegalArgumentException when pipelines wait for each other in a circle
   */
  static <T> ImmutableList<T> of(Map<T, Manifest> manifests) {
    List<T> waiting = new ArrayList<>(manifests.keySet());
    ImmutableList.Builder<T> order = ImmutableList.builder();
    while (!waiting.isEmpty()) {
      T next =
          waiting.stream()
              .filter(task -> waiting.stream().noneMatch(other -> waitsFor(task, other, manifests)))
              .findFirst()
              .orElseThrow(
                  () -> new IllegalArgumentException("each waits for another: " + waiting));
      waiting.remove(next);
      order.add(next);
    }
    return order.build();
  }

  private static <T> boolean waitsFor(T task, T other, Map<T, Manifest> manifests) {
    return !task.equals(other) && manifests.get(task).readsFrom(manifests.get(other));
  }

  private TaskOrder() {}
}
