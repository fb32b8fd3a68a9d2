package org.stripeanalytics.benchmark;

import com.google.common.collect.ImmutableList;

/** What is measured, in the order in which one measurement leaves warehouses for the next. */
final class Plan {
  private final Settings settings;
  private final Measurements measurements;

  Plan(Settings settings, Measurements measurements) {
    this.settings = settings;
    this.measurements = measurements;
  }

  /** One measurement to come. */
  record Step(String name, Measuring measuring) {
    Measurements.Found measure() throws Exception {
      return measuring.measure();
    }
  }

  private interface Measuring {
    Measurements.Found measure() throws Exception;
  }

  ImmutableList<Step> steps() {
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    for (Subject subject : Subject.values()) {
      if (settings.wants(subject) && subject != Subject.RUN_LOCAL && !needsWholeRun(subject)) {
        steps.add(new Step(subject.id(), measuring(subject)));
      }
    }
    for (long customers : settings.wholeRuns()) {
      steps.add(
          new Step(
              Subject.RUN_LOCAL.id() + "-" + customers, () -> measurements.wholeRun(customers)));
    }
    for (Subject subject : Subject.values()) {
      if (settings.wants(subject) && needsWholeRun(subject)) {
        steps.add(new Step(subject.id(), measuring(subject)));
      }
    }
    if (settings.wants("sizes", "sizes")) {
      steps.add(new Step("sizes", measurements::sizes));
    }
    return steps.build();
  }

  private static boolean needsWholeRun(Subject subject) {
    return subject == Subject.EXPORT
        || subject == Subject.FULL_REFRESH
        || subject == Subject.INCREMENTAL_MONTH;
  }

  private Measuring measuring(Subject subject) {
    return switch (subject) {
      case SYNTHESIS_LIMIT -> measurements::synthesisLimit;
      case SYNTHESIS_NOWHERE -> measurements::synthesisToNowhere;
      case SYNTHESIS_LARGE -> measurements::synthesisOfLargeAccount;
      case SYNTHESIS_RAW -> measurements::synthesisToRaw;
      case SYNTHESIS_NDJSON -> measurements::synthesisToNdjson;
      case SYNTHESIS_DIRECT -> measurements::synthesisOnDirectRunner;
      case LOAD_OURS -> measurements::loadOurs;
      case LOAD_DUCKDB -> measurements::loadFromParquet;
      case LOAD_POSTGRES -> measurements::loadPostgres;
      case EXPORT -> measurements::export;
      case TRANSFORM_LIMIT -> measurements::transformLimit;
      case TRANSFORM_FLINK -> measurements::transform;
      case TRANSFORM_LARGE -> measurements::transformOfLargeAccount;
      case TRANSFORM_DIRECT -> measurements::transformOnDirectRunner;
      case TRANSFORM_ORACLE -> measurements::oracle;
      case START_UP -> measurements::startUp;
      case FULL_REFRESH -> measurements::fullRefresh;
      case INCREMENTAL_MONTH -> measurements::incrementalMonth;
      case RUN_LOCAL -> throw new IllegalArgumentException(subject + " has several sizes");
    };
  }
}
