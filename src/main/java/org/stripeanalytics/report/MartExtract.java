package org.stripeanalytics.report;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The part of a mart that charts are drawn from.
 *
 * @param table {@code layer.table}
 * @param problem why there are no rows, where the table could not be read; else null
 */
public record MartExtract(
    String table,
    ImmutableList<String> columns,
    ImmutableList<List<Object>> rows,
    @Nullable String problem) {

  static MartExtract of(String table, List<String> columns, Reading reading) {
    return new MartExtract(
        table, ImmutableList.copyOf(columns), reading.rows(), reading.problem().orElse(null));
  }
}
