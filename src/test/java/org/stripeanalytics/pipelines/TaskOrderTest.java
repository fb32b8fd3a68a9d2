package org.stripeanalytics.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskOrderTest {
  private final Map<String, Manifest> tasks = new LinkedHashMap<>();

  @Test
  void aTaskRunsAfterThoseWhoseTablesItReads() {
    task("report", List.of("marts.a", "raw.a"), List.of());
    task("transform", List.of("raw.a"), List.of("marts.a"));
    task("load", List.of(), List.of("raw.a"));

    assertThat(TaskOrder.of(tasks), contains("load", "transform", "report"));
  }

  @Test
  void tasksThatDoNotWaitKeepTheirOrder() {
    task("b", List.of(), List.of("raw.b"));
    task("a", List.of(), List.of("raw.a"));

    assertThat(TaskOrder.of(tasks), contains("b", "a"));
  }

  @Test
  void aTaskMayReadWhatItWrites() {
    task("upsert", List.of("raw.a"), List.of("raw.a"));

    assertThat(TaskOrder.of(tasks), contains("upsert"));
  }

  @Test
  void aCircleIsRefused() {
    task("hen", List.of("raw.egg"), List.of("raw.hen"));
    task("egg", List.of("raw.hen"), List.of("raw.egg"));

    assertThat(
        assertThrows(IllegalArgumentException.class, () -> TaskOrder.of(tasks)).getMessage(),
        is("each waits for another: [hen, egg]"));
  }

  @Test
  void theManifestsHaveAnOrder() {
    Pipelines.ofSimulatedAccount()
        .forEach(pipeline -> tasks.put(pipeline.name(), pipeline.manifest()));

    assertThat(
        TaskOrder.of(tasks), contains("synthesize", "transform", "predict", "connect", "check"));
  }

  private void task(String name, List<String> reads, List<String> writes) {
    tasks.put(
        name,
        new Manifest(
            "Main",
            "",
            "owner",
            false,
            reads,
            writes,
            new Manifest.Retries(1, 0),
            List.of("log"),
            1,
            null,
            List.of(),
            Map.of(),
            Map.of()));
  }
}
