package org.stripeanalytics.quality;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Maps;
import com.google.common.math.Quantiles;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.stripeanalytics.warehouse.Warehouse;

/** How many rows tables usually have: the median over the latest earlier runs. */
final class UsualRows {
  private static final int RUNS = 14;

  private static final String COUNTS =
      """
      SELECT r.table_name, r.row_count FROM (
        SELECT q.table_name, q.row_count,
          ROW_NUMBER() OVER (PARTITION BY q.table_name ORDER BY q._ingested_at DESC) AS place
        FROM ops.quality_results AS q WHERE q.rule = 'volume') AS r
      WHERE r.place <= %d
      """
          .formatted(RUNS);

  /** By table; tables that were never tested are absent. */
  static Map<String, OptionalLong> of(Warehouse warehouse) {
    ImmutableListMultimap.Builder<String, Long> counts = ImmutableListMultimap.builder();
    for (List<Object> row : warehouse.query(COUNTS).rows()) {
      counts.put((String) row.get(0), (Long) row.get(1));
    }
    return Maps.transformValues(
        counts.build().asMap(),
        earlier -> OptionalLong.of(Math.round(Quantiles.median().compute(earlier))));
  }

  private UsualRows() {}
}
