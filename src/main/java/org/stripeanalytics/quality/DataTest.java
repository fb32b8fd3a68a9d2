package org.stripeanalytics.quality;

import java.io.Serializable;
import org.stripeanalytics.contract.Severity;

/**
 * One promise of a contract, put as a question to the warehouse.
 *
 * @param table {@code layer.table}
 * @param rule the kind of promise, as in {@code unique_key}
 * @param target what it is about: a column, or the name of a condition or identity
 * @param severity what a failure does to the run
 * @param description the promise in words
 * @param failing a query whose rows are what breaks the promise, named by the table's key
 */
public record DataTest(
    String table, Rule rule, String target, Severity severity, String description, String failing)
    implements Serializable {

  /** The kinds of promises. */
  public enum Rule {
    SCHEMA,
    NOT_NULL,
    UNIQUE_KEY,
    REFERENCE,
    ACCEPTED_VALUES,
    RANGE,
    CONDITION,
    FRESHNESS,
    VOLUME,
    IDENTITY
  }
}
