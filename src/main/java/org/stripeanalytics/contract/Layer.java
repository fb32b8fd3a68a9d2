package org.stripeanalytics.contract;

import java.util.Locale;

/**
 * The layers of the warehouse, in the order in which data flows. A layer is a folder under {@code
 * schemas/}, a dataset in BigQuery, a schema in DuckDB and a Java package.
 */
public enum Layer {
  RAW,
  SEEDS,
  STAGING,
  INTERMEDIATE,
  DIMENSIONS,
  FACTS,
  MARTS,
  OPS,
  TRUTH;

  /** The name it has in all four places. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The layer of that {@link #id}. */
  public static Layer of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
