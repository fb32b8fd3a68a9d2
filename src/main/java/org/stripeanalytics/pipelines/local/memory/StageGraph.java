package org.stripeanalytics.pipelines.local.memory;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ListMultimap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.stripeanalytics.pipelines.local.memory.Step.Kind;

/**
 * The graph of a pipeline, cut into stages.
 *
 * @param stages each after those that it waits for
 * @param consumers the steps that take a collection, one as often as it does
 */
record StageGraph(
    ImmutableList<Stage> stages,
    ListMultimap<PCollection<?>, Step> consumers,
    SideInputs sideInputs) {

  /**
   * @param threads for how many a stage is to have work
   * @throws UnsupportedOperationException when it has steps that this runner cannot do
   */
  static StageGraph of(Pipeline pipeline, int threads) {
    ImmutableList<Step> steps = steps(pipeline);
    ListMultimap<PCollection<?>, Step> consumers = ArrayListMultimap.create();
    steps.forEach(step -> step.inputs().forEach(input -> consumers.put(input, step)));
    Map<Step, Gathered> gathered = new LinkedHashMap<>();
    Map<TupleTag<?>, Step> views = new LinkedHashMap<>();
    for (Step step : steps) {
      if (step.kind() == Kind.WAITING || step.kind() == Kind.VIEW) {
        gathered.put(step, gathered(step, threads));
      }
      if (step.transform() instanceof View.CreatePCollectionView<?, ?> view) {
        views.put(view.getView().getTagInternal(), step);
      }
    }
    return new StageGraph(
        stages(steps, consumers, gathered, views), consumers, sideInputs(gathered, views));
  }

  private static ImmutableList<Stage> stages(
      List<Step> steps,
      ListMultimap<PCollection<?>, Step> consumers,
      Map<Step, Gathered> gathered,
      Map<TupleTag<?>, Step> views) {
    ListMultimap<Step, Stage> feeding = ArrayListMultimap.create();
    List<Stage> stages = new ArrayList<>();
    for (Step head : steps) {
      if (head.kind() != Kind.SOURCE && head.kind() != Kind.WAITING) {
        continue;
      }
      Set<Step> reached = reached(head, consumers);
      Set<Stage> after = new LinkedHashSet<>(feeding.get(head));
      for (PCollectionView<?> view : head.sideInputs().values()) {
        after.addAll(feeding.get(views.get(view.getTagInternal())));
      }
      ImmutableMap.Builder<Step, Gathered> gathering = ImmutableMap.builder();
      reached.stream()
          .filter(gathered::containsKey)
          .forEach(step -> gathering.put(step, gathered.get(step)));
      Stage stage =
          new Stage(
              head,
              gathered.get(head),
              steps.stream()
                  .filter(
                      step ->
                          step == head
                              ? !step.sideInputs().isEmpty()
                              : reached.contains(step) && step.kind() == Kind.PASSING)
                  .collect(ImmutableList.toImmutableList()),
              gathering.buildOrThrow(),
              ImmutableList.copyOf(after));
      stages.add(stage);
      reached.forEach(step -> feeding.put(step, stage));
    }
    return ImmutableList.copyOf(stages);
  }

  /** What elements of a step come to, up to steps that wait for others; without itself. */
  private static Set<Step> reached(Step head, ListMultimap<PCollection<?>, Step> consumers) {
    Set<Step> reached = new LinkedHashSet<>();
    List<Step> open = new ArrayList<>(List.of(head));
    while (!open.isEmpty()) {
      Step step = open.remove(open.size() - 1);
      for (PCollection<?> output : step.outputs().values()) {
        for (Step consumer : consumers.get(output)) {
          if (reached.add(consumer) && consumer.kind() == Kind.PASSING) {
            open.add(consumer);
          }
        }
      }
    }
    return reached;
  }

  private static Gathered gathered(Step step, int threads) {
    if (step.transform() instanceof View.CreatePCollectionView<?, ?> view) {
      return new GatheredView<>(view.getView());
    }
    return step.transform() instanceof GroupByKey
        ? GatheredGroups.of(step, threads)
        : new GatheredElements(threads);
  }

  private static SideInputs sideInputs(Map<Step, Gathered> gathered, Map<TupleTag<?>, Step> views) {
    ImmutableMap.Builder<TupleTag<?>, GatheredView<?>> sideInputs = ImmutableMap.builder();
    views.forEach((tag, step) -> sideInputs.put(tag, (GatheredView<?>) gathered.get(step)));
    return new SideInputs(sideInputs.buildOrThrow());
  }

  private static ImmutableList<Step> steps(Pipeline pipeline) {
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            if (node.getTransform() instanceof Reshuffle) {
              steps.add(Step.of(node));
              return CompositeBehavior.DO_NOT_ENTER_TRANSFORM;
            }
            return CompositeBehavior.ENTER_TRANSFORM;
          }

          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            Step step = Step.of(node);
            FunctionRun.check(step);
            steps.add(step);
          }
        });
    return steps.build();
  }
}
