package org.stripeanalytics.pipelines.local.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.runners.core.InMemoryMultimapSideInputView;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.Materializations;
import org.apache.beam.sdk.transforms.Materializations.IterableView;
import org.apache.beam.sdk.transforms.Materializations.MultimapView;
import org.apache.beam.sdk.transforms.ViewFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.WindowedValue;

/** A side input, made of its elements once for each window. */
final class GatheredView<T> implements Gathered {
  private final PCollectionView<T> view;
  private final Map<BoundedWindow, List<Object>> elements = new ConcurrentHashMap<>();
  private final Map<BoundedWindow, Optional<T>> made = new ConcurrentHashMap<>();

  GatheredView(PCollectionView<T> view) {
    this.view = view;
  }

  @Override
  public synchronized void receive(WindowedValue<?> element) {
    for (BoundedWindow window : element.getWindows()) {
      elements.computeIfAbsent(window, first -> new ArrayList<>()).add(element.getValue());
    }
  }

  @Override
  public List<Part> parts() {
    return List.of();
  }

  T in(BoundedWindow window) {
    return made.computeIfAbsent(
            window, first -> Optional.ofNullable(make(elements.getOrDefault(window, List.of()))))
        .orElse(null);
  }

  @SuppressWarnings("unchecked")
  private T make(List<Object> values) {
    if (view.getViewFn()
        .getMaterialization()
        .getUrn()
        .equals(Materializations.ITERABLE_MATERIALIZATION_URN)) {
      return ((ViewFn<IterableView<Object>, T>) view.getViewFn()).apply(() -> values);
    }
    Coder<Object> keys = ((KvCoder<Object, Object>) view.getCoderInternal()).getKeyCoder();
    return ((ViewFn<MultimapView<Object, Object>, T>) view.getViewFn())
        .apply(
            InMemoryMultimapSideInputView.fromIterable(
                keys, (Iterable<KV<Object, Object>>) (Iterable<?>) values));
  }
}
