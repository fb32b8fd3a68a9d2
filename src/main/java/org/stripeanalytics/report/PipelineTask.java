package org.stripeanalytics.report;

import com.google.common.collect.ImmutableList;

/**
 * A pipeline as its manifest describes it.
 *
 * @param owner who answers for it and for the tables it writes
 * @param schedule when it runs, as a cron line and its zone, or in words
 * @param reads tables, as {@code layer.table}
 * @param writes tables, as {@code layer.table}
 */
public record PipelineTask(
    String name,
    String description,
    String owner,
    String schedule,
    ImmutableList<String> reads,
    ImmutableList<String> writes) {}
