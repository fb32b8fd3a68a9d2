package org.stripeanalytics.contract;

/** Which rows of a table a run owns, and so replaces when it publishes. */
public enum Ownership {
  /** Immutable rows, by the date of their event: those of the run's interval. */
  EVENT,
  /** State as known at the end of a period, by that period: those of the run's interval. */
  OBSERVED,
  /**
   * Rows that change later: those as of a day of the run's interval give way first, so that a key
   * which no longer comes about does not stay; then upsert by primary key, the newer {@code _as_of}
   * wins. What later runs know stands. A run does not know what a key it replaced was like before
   * the interval, so a transform tells again what lasts from before it.
   */
  LATEST,
  /**
   * What happened once and is reported any number of times: nothing is ever replaced, and of rows
   * with one primary key the first to be published stands.
   */
  FIRST,
  /** Small or restated tables: every row. */
  WHOLE,
  /** Only {@code ops}: nothing is ever replaced, rows carry their run id. */
  APPEND
}
