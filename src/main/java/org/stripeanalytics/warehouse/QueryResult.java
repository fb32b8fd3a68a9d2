package org.stripeanalytics.warehouse;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * The whole answer to a query. Values are what JDBC would give: {@code Long}, {@code BigDecimal},
 * {@code String}, {@code java.time} types, lists and maps, or null.
 */
public record QueryResult(ImmutableList<String> columns, ImmutableList<List<Object>> rows) {

  /** The only value of a one-row, one-column answer. */
  public Object value() {
    if (rows.size() != 1 || columns.size() != 1) {
      throw new IllegalStateException(
          "expected one value, got " + rows.size() + " rows of " + columns);
    }
    return rows.get(0).get(0);
  }
}
