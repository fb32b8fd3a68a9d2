package org.stripeanalytics.pipelines;

import static java.util.stream.Collectors.joining;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.Multisets;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.GroupByKey;

/**
 * How many steps a graph has that an engine translates, starts and closes, and how many of them
 * shuffle.
 *
 * @param bySteps the primitive transforms below each step of the main
 */
record GraphWeight(int primitives, int groupByKeys, ImmutableMultiset<String> bySteps) {

  static GraphWeight of(Pipeline graph) {
    ImmutableMultiset.Builder<String> steps = ImmutableMultiset.builder();
    int[] groupByKeys = {0};
    graph.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            steps.add(Splitter.on('/').split(node.getFullName()).iterator().next());
            groupByKeys[0] += node.getTransform() instanceof GroupByKey ? 1 : 0;
          }
        });
    ImmutableMultiset<String> counted = steps.build();
    return new GraphWeight(counted.size(), groupByKeys[0], counted);
  }

  /** Heaviest steps first: where to look when a bound is exceeded. */
  @Override
  public String toString() {
    return primitives
        + " primitives, "
        + groupByKeys
        + " GroupByKeys: "
        + Multisets.copyHighestCountFirst(bySteps).entrySet().stream()
            .map(step -> step.getElement() + " " + step.getCount())
            .collect(joining(", "));
  }
}
