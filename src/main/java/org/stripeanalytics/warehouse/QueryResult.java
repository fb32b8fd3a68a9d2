package org.stripeanalytics.warehouse;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * The whole answer to a query. A value is null or a {@code Long} (an integer too wide for one, such
 * as a sum of hashes, is a {@code BigInteger}), {@code BigDecimal}, {@code Double}, {@code
 * Boolean}, {@code String}, {@code LocalDate}, {@code LocalTime}, {@code Instant}, a {@code List}
 * of values or a {@code Map} of field names to values.
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
