package org.stripeanalytics.pipelines.local.memory;

import com.google.common.collect.ImmutableMap;
import org.apache.beam.runners.core.SideInputReader;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;

/** All side inputs of a pipeline; a step asks for none before it has all of its elements. */
record SideInputs(ImmutableMap<TupleTag<?>, GatheredView<?>> views) implements SideInputReader {

  @Override
  @SuppressWarnings("unchecked")
  public <T> T get(PCollectionView<T> view, BoundedWindow window) {
    return ((GatheredView<T>) views.get(view.getTagInternal())).in(window);
  }

  @Override
  public <T> boolean contains(PCollectionView<T> view) {
    return views.containsKey(view.getTagInternal());
  }

  @Override
  public boolean isEmpty() {
    return views.isEmpty();
  }
}
