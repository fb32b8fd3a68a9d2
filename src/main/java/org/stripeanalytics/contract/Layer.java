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
  STREAMING,
  OPS,
  TRUTH;

  /** The name it has in all four places. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether its rows are the same whoever computes them. Those of {@code ops} describe runs, and
   * those of {@code streaming} depend on when webhooks came.
   */
  public boolean isReproducible() {
    return this != OPS && this != STREAMING;
  }

  /** The layer of that {@link #id}. */
  public static Layer of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
