package org.stripeanalytics.pipelines;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.observability.RunContext;
import org.stripeanalytics.report.ComputingRun;
import org.stripeanalytics.warehouse.Restating;

/** Describes a run, from its options, for the run log. */
public final class RunContexts {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param interval what the run owns; null if it merges
   * @param asOf the day whose start is the present
   */
  static RunContext of(
      PipelineMain<?> pipeline,
      RunOptions options,
      @Nullable DataInterval interval,
      LocalDate asOf) {
    return new RunContext(
        pipeline.name(),
        options.getRunId(),
        interval,
        asOf,
        json(pipeline, options),
        codeVersion(),
        options.getRunner().getSimpleName(),
        RunOptions.ingestedAt(options),
        pipeline.lineage(options),
        Clock.systemUTC());
  }

  /** A run that owns no interval: it merges what it finds, on the day on which it starts. */
  static <O extends RunOptions & WarehouseOptions> RunContext ofMerge(
      PipelineMain<?> pipeline, O options) {
    return of(
        pipeline,
        options,
        null,
        LocalDate.ofInstant(
            RunOptions.ingestedAt(options), WarehouseOptions.reportingZone(options)));
  }

  /** A run that has failed, whatever it owns, on the day on which it started. */
  public static RunContext ofFailure(PipelineMain<?> pipeline, RunOptions options, Clock clock) {
    return of(
            pipeline,
            options,
            null,
            LocalDate.ofInstant(
                RunOptions.ingestedAt(options),
                WarehouseOptions.reportingZone(OptionsView.of(options, WarehouseOptions.class))))
        .at(clock);
  }

  /** What tells a run from those whose figures it changes. */
  static Restating restating(PipelineMain<?> pipeline, RunOptions options) {
    JsonNode all = JSON.valueToTree(values(pipeline, options));
    ImmutableMap.Builder<String, String> meaning = ImmutableMap.builder();
    Stream.concat(ComputingRun.POLICIES.stream(), Stream.of("livemode"))
        .filter(all::has)
        .forEach(name -> meaning.put(name, all.get(name).toString()));
    return new Restating(pipeline.name(), codeVersion(), meaning.buildOrThrow());
  }

  /** The pipeline's own options by name; none of them is ever a secret. */
  private static Map<String, Object> values(PipelineMain<?> pipeline, RunOptions options) {
    Map<String, Object> values = new TreeMap<>();
    Object own = OptionsView.of(options, pipeline.options());
    for (Map.Entry<String, Method> option : CommandLine.ownOptions(pipeline.options()).entrySet()) {
      try {
        Object value = option.getValue().invoke(own);
        if (value != null) {
          values.put(option.getKey(), value);
        }
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("cannot read --" + option.getKey(), e);
      }
    }
    return values;
  }

  private static String json(PipelineMain<?> pipeline, RunOptions options) {
    try {
      return JSON.writeValueAsString(values(pipeline, options));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("options of " + pipeline.name() + " cannot be written", e);
    }
  }

  /** What the jar says it is; classes outside a jar are in development. */
  private static String codeVersion() {
    return Optional.ofNullable(RunContexts.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  private RunContexts() {}
}
