package org.stripeanalytics.report;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import org.stripeanalytics.warehouse.QueryResult;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.WarehouseException;

/**
 * A question to a warehouse that may not have the table yet: either an answer or the reason why
 * there is none, which the page shows where the answer would have stood.
 */
record Reading(Optional<QueryResult> answer, Optional<String> problem) {

  static Reading of(Warehouse warehouse, String sql) {
    try {
      return new Reading(Optional.of(warehouse.query(sql)), Optional.empty());
    } catch (WarehouseException e) {
      return new Reading(Optional.empty(), Optional.of(firstLine(e)));
    }
  }

  ImmutableList<List<Object>> rows() {
    return answer.map(QueryResult::rows).orElse(ImmutableList.of());
  }

  private static String firstLine(WarehouseException e) {
    return Splitter.on('\n').split(String.valueOf(e.getMessage())).iterator().next().strip();
  }
}
