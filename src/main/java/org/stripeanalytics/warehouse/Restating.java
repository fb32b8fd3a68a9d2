package org.stripeanalytics.warehouse;

import com.google.common.collect.ImmutableMap;
import java.io.Serializable;

/**
 * What tells a run from those before it, so that a publication can say why a figure has changed.
 * Each is written as {@code ops.run_log} has it.
 *
 * @param pipeline the pipeline whose earlier runs published the figures
 * @param codeVersion version of the program
 * @param options the options that change what figures mean, by name; a value is as in the JSON of
 *     the run log's {@code options}, texts with their quotes
 */
public record Restating(String pipeline, String codeVersion, ImmutableMap<String, String> options)
    implements Serializable {}
