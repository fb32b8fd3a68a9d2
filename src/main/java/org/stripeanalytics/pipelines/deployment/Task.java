package org.stripeanalytics.pipelines.deployment;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.stripeanalytics.pipelines.Manifest;
import org.stripeanalytics.pipelines.PipelineMain;
import org.stripeanalytics.pipelines.Pipelines;
import org.stripeanalytics.pipelines.TaskOrder;

/**
 * A pipeline in the schedule of an environment.
 *
 * @param after those it waits for, because it reads what they write
 */
record Task(
    String name, Manifest manifest, Manifest.Operation operation, ImmutableList<String> after) {

  /** What is scheduled in an environment, each behind those it waits for. */
  static ImmutableList<Task> in(String environment) {
    Map<PipelineMain<?>, Manifest> scheduled = new LinkedHashMap<>();
    for (PipelineMain<?> pipeline : Pipelines.all()) {
      Manifest manifest = pipeline.manifest();
      if (manifest.scheduleIn(environment).isPresent()) {
        scheduled.put(pipeline, manifest);
      }
    }
    return TaskOrder.of(scheduled).stream()
        .map(
            pipeline ->
                new Task(
                    pipeline.name(),
                    scheduled.get(pipeline),
                    scheduled.get(pipeline).in(environment).orElseThrow(),
                    TaskOrder.before(pipeline, scheduled).stream()
                        .map(PipelineMain::name)
                        .collect(ImmutableList.toImmutableList())))
        .collect(ImmutableList.toImmutableList());
  }

  /** When the first of them starts, which starts them all. */
  static Manifest.Schedule scheduleOf(ImmutableList<Task> tasks) {
    ImmutableList<Manifest.Schedule> schedules =
        tasks.stream()
            .map(task -> task.operation().schedule())
            .distinct()
            .collect(ImmutableList.toImmutableList());
    if (schedules.size() != 1) {
      throw new IllegalArgumentException("one chain has several schedules: " + schedules);
    }
    return schedules.get(0);
  }

  /** The tasks in groups: those of a group wait only for those of earlier groups. */
  static ImmutableList<ImmutableList<Task>> groups(ImmutableList<Task> tasks) {
    Map<String, Integer> depth = new LinkedHashMap<>();
    for (Task task : tasks) {
      depth.put(task.name(), task.after().stream().mapToInt(depth::get).max().orElse(-1) + 1);
    }
    int groups = depth.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
    ImmutableList.Builder<ImmutableList<Task>> result = ImmutableList.builder();
    for (int group = 0; group < groups; group++) {
      int wanted = group;
      result.add(
          tasks.stream()
              .filter(task -> depth.get(task.name()) == wanted)
              .collect(ImmutableList.toImmutableList()));
    }
    return result.build();
  }

  /** Those for which no other waits. */
  static ImmutableList<Task> last(ImmutableList<Task> tasks) {
    return tasks.stream()
        .filter(task -> tasks.stream().noneMatch(other -> other.after().contains(task.name())))
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * The options of a scheduled run, in the order of their names.
   *
   * @param fill replaces what stands in braces
   */
  Map<String, String> parameters(Environment environment, Function<String, String> fill) {
    return parameters(
        Map.of(
            "warehouse", environment.warehouse(), "warehouseRegion", environment.warehouseRegion()),
        fill);
  }

  /**
   * Likewise where everything else is the same for all pipelines.
   *
   * @param common options of all pipelines
   */
  Map<String, String> parameters(Map<String, String> common, Function<String, String> fill) {
    Map<String, String> all = new TreeMap<>(common);
    manifest.parameters().forEach((option, value) -> all.put(option, fill.apply(value)));
    return all;
  }
}
