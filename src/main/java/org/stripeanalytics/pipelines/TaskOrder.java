package org.stripeanalytics.pipelines;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The order in which pipelines run: each after those whose tables it reads. */
public final class TaskOrder {

  /**
   * Orders tasks by what their manifests read and write; otherwise they keep the order of {@code
   * manifests}.
   *
   * @throws IllegalArgumentException when pipelines wait for each other in a circle
   */
  public static <T> ImmutableList<T> of(Map<T, Manifest> manifests) {
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

  /** The tasks that {@code task} waits for, in the order of {@code manifests}. */
  public static <T> ImmutableList<T> before(T task, Map<T, Manifest> manifests) {
    return manifests.keySet().stream()
        .filter(other -> waitsFor(task, other, manifests))
        .collect(ImmutableList.toImmutableList());
  }

  private static <T> boolean waitsFor(T task, T other, Map<T, Manifest> manifests) {
    return !task.equals(other) && manifests.get(task).readsFrom(manifests.get(other));
  }

  private TaskOrder() {}
}
