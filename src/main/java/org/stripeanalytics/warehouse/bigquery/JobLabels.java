package org.stripeanalytics.warehouse.bigquery;

import com.google.common.collect.ImmutableMap;
import java.util.Locale;

/** Labels by which jobs and tables are found, and their cost is told apart. */
public final class JobLabels {
  static final String ENVIRONMENT = "environment";

  /** BigQuery's limit. */
  private static final int LONGEST_VALUE = 63;

  private JobLabels() {}

  /**
   * The labels of every job of one run.
   *
   * @param prefix of the environment's datasets; may be empty
   */
  public static ImmutableMap<String, String> of(String prefix, String pipeline, String runId) {
    return ImmutableMap.of(
        ENVIRONMENT, environment(prefix), "pipeline", value(pipeline), "run", value(runId));
  }

  /** Datasets without a prefix are those of the environment {@code default}. */
  static String environment(String prefix) {
    return prefix.isEmpty() ? "default" : value(prefix);
  }

  /** A label may hold lower-case letters, digits, - and _ and no more than 63 of them. */
  private static String value(String text) {
    String allowed = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "_");
    return allowed.substring(0, Math.min(allowed.length(), LONGEST_VALUE));
  }
}
