package org.stripeanalytics.pipelines.local.memory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A source, or a step that waits for all of its input, and what its elements pass through without a
 * stop.
 *
 * @param input what the head waits for; null for a source
 * @param passing in the order of the graph; the head among them, if it is a ParDo that waits
 * @param gathering what waits for its elements
 * @param after the stages that must have ended before it can begin
 */
record Stage(
    Step head,
    @Nullable Gathered input,
    ImmutableList<Step> passing,
    ImmutableMap<Step, Gathered> gathering,
    ImmutableList<Stage> after) {}
