package org.stripeanalytics.pipelines.local.memory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.util.construction.SplittableParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;

/**
 * A step of the graph.
 *
 * @param inputs without side inputs
 */
record Step(
    String name,
    PTransform<?, ?> transform,
    ImmutableList<PCollection<?>> inputs,
    ImmutableMap<TupleTag<?>, PCollection<?>> outputs) {

  /** What a step does when elements come. */
  enum Kind {
    /** Has no input. */
    SOURCE,
    /** Takes one element after the other. */
    PASSING,
    /** Waits for all of its input, and for side inputs. */
    WAITING,
    /** Waits likewise, and nothing but side inputs comes of it. */
    VIEW
  }

  static Step of(TransformHierarchy.Node node) {
    PTransform<?, ?> transform = node.getTransform();
    ImmutableList.Builder<PCollection<?>> inputs = ImmutableList.builder();
    node.getInputs()
        .forEach(
            (tag, input) -> {
              if (!transform.getAdditionalInputs().containsKey(tag)) {
                inputs.add(input);
              }
            });
    return new Step(
        node.getFullName(), transform, inputs.build(), ImmutableMap.copyOf(node.getOutputs()));
  }

  Kind kind() {
    if (transform instanceof Impulse || transform instanceof SplittableParDo.PrimitiveBoundedRead) {
      return Kind.SOURCE;
    }
    if (transform instanceof View.CreatePCollectionView) {
      return Kind.VIEW;
    }
    if (transform instanceof GroupByKey || transform instanceof Reshuffle) {
      return Kind.WAITING;
    }
    if (transform instanceof ParDo.MultiOutput) {
      return sideInputs().isEmpty() ? Kind.PASSING : Kind.WAITING;
    }
    if (transform instanceof Flatten.PCollections || transform instanceof Window.Assign) {
      return Kind.PASSING;
    }
    throw new UnsupportedOperationException(
        "%s is a %s, which only other runners can do"
            .formatted(name, transform.getClass().getSimpleName()));
  }

  /** By the names that functions give them. */
  ImmutableMap<String, PCollectionView<?>> sideInputs() {
    return transform instanceof ParDo.MultiOutput<?, ?> parDo
        ? ImmutableMap.copyOf(parDo.getSideInputs())
        : ImmutableMap.of();
  }

  /** Of a step that has one. */
  PCollection<?> input() {
    return inputs.get(0);
  }

  /** Of a step that has one. */
  PCollection<?> output() {
    return outputs.values().iterator().next();
  }
}
