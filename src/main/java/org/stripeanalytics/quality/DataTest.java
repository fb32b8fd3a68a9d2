package org.stripeanalytics.quality;

import com.google.common.collect.ImmutableList;
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
 * @param needs tables without whose rows nothing is known of the promise
 */
public record DataTest(
    String table,
    Rule rule,
    String target,
    Severity severity,
    String description,
    String failing,
    ImmutableList<String> needs)
    implements Serializable {

  /** A promise that needs no other table to be kept. */
  DataTest(
      String table,
      Rule rule,
      String target,
      Severity severity,
      String description,
      String failing) {
    this(table, rule, target, severity, description, failing, ImmutableList.of());
  }

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
