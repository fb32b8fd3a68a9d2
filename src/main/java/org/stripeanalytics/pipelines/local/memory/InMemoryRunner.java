package org.stripeanalytics.pipelines.local.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.beam.runners.core.metrics.MetricsContainerStepMap;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.construction.SplittableParDo;

/**
 * Runs a bounded pipeline in this process, with what it groups in memory. Takes DirectRunner's
 * {@code --targetParallelism}; returns when all is done.
 */
public final class InMemoryRunner extends PipelineRunner<PipelineResult> {
  private final DirectOptions options;

  private InMemoryRunner(DirectOptions options) {
    this.options = options;
  }

  /** As Beam makes a runner. */
  public static InMemoryRunner fromOptions(PipelineOptions options) {
    return new InMemoryRunner(options.as(DirectOptions.class));
  }

  /**
   * Runs to the end.
   *
   * @throws UnsupportedOperationException when the pipeline has steps that this runner cannot do
   * @throws Pipeline.PipelineExecutionException with what a step has thrown
   */
  @Override
  public PipelineResult run(Pipeline pipeline) {
    SplittableParDo.convertReadBasedSplittableDoFnsToPrimitiveReads(pipeline);
    StageGraph graph = StageGraph.of(pipeline, options.getTargetParallelism());
    MetricsEnvironment.setMetricsSupported(true);
    MetricsContainerStepMap metrics = new MetricsContainerStepMap();
    ExecutorService threads =
        Executors.newFixedThreadPool(options.getTargetParallelism(), InMemoryRunner::thread);
    try {
      new Running(graph, options, metrics, threads).toTheEnd();
    } finally {
      threads.shutdownNow();
    }
    return new FinishedRun(MetricsContainerStepMap.asAttemptedOnlyMetricResults(metrics));
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "in-memory-runner");
    thread.setDaemon(true);
    return thread;
  }

  /** One run. */
  private record Running(
      StageGraph graph,
      DirectOptions options,
      MetricsContainerStepMap metrics,
      ExecutorService threads,
      AtomicBoolean failed) {

    Running(
        StageGraph graph,
        DirectOptions options,
        MetricsContainerStepMap metrics,
        ExecutorService threads) {
      this(graph, options, metrics, threads, new AtomicBoolean());
    }

    void toTheEnd() {
      Map<Stage, CompletableFuture<Void>> ends = new HashMap<>();
      for (Stage stage : graph.stages()) {
        ends.put(
            stage,
            all(stage.after().stream().map(ends::get).toList())
                .thenComposeAsync(ready -> begin(stage), threads));
      }
      try {
        all(ends.values()).join();
      } catch (CompletionException e) {
        throw new Pipeline.PipelineExecutionException(e.getCause());
      }
    }

    private CompletableFuture<Void> begin(Stage stage) {
      Queue<Part> parts = new ConcurrentLinkedQueue<>();
      MetricsContainer counters = metrics.getContainer(stage.head().name());
      work(parts, counters, () -> parts.addAll(StageRun.parts(stage, options)));
      List<CompletableFuture<Void>> shares = new ArrayList<>();
      int workers = Math.min(options.getTargetParallelism(), parts.size());
      for (int worker = 0; worker < workers; worker++) {
        shares.add(
            CompletableFuture.runAsync(
                () -> work(parts, counters, () -> new StageRun(graph, stage, options).run(parts)),
                threads));
      }
      return all(shares);
    }

    private void work(Queue<Part> parts, MetricsContainer counters, Work work) {
      if (failed.get()) {
        return;
      }
      MetricsEnvironment.setCurrentContainer(counters);
      try {
        work.run();
      } catch (Throwable e) {
        // Parts that have begun come to their end, and nothing else begins.
        parts.clear();
        failed.set(true);
        throw new CompletionException(e);
      } finally {
        MetricsEnvironment.setCurrentContainer(null);
      }
    }

    private static CompletableFuture<Void> all(Iterable<CompletableFuture<Void>> each) {
      List<CompletableFuture<Void>> list = new ArrayList<>();
      each.forEach(list::add);
      return CompletableFuture.allOf(list.toArray(CompletableFuture<?>[]::new));
    }
  }

  private interface Work {
    void run() throws Exception;
  }
}
