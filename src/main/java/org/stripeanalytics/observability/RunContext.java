package org.stripeanalytics.observability;

import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.DataInterval;

/**
 * What is the same for all tables of a run of a pipeline.
 *
 * @param pipeline its name, as in transform
 * @param interval what the run owns; null if it merges
 * @param asOf the day whose start is the present
 * @param options the options and policies, as one JSON object
 * @param codeVersion version of the jar
 * @param runner simple name of the Beam runner
 * @param lineage the run as lineage events name it
 * @param clock says when the run ended; it must be serialisable, as those of the JDK are
 */
public record RunContext(
    String pipeline,
    String runId,
    @Nullable DataInterval interval,
    LocalDate asOf,
    String options,
    String codeVersion,
    String runner,
    Instant startedAt,
    LineageRun lineage,
    Clock clock)
    implements Serializable {

  /** The same run, told of by another clock. */
  public RunContext at(Clock other) {
    return new RunContext(
        pipeline, runId, interval, asOf, options, codeVersion, runner, startedAt, lineage, other);
  }
}
