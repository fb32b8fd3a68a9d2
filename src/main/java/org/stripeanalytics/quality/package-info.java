/**
 * Data tests. What a contract promises of a table's rows, beyond names and types, is compiled to
 * SQL that the warehouse's own engine runs after the load: {@link
 * org.stripeanalytics.quality.TableScan} makes one statement of all the tests of a table, {@link
 * org.stripeanalytics.quality.RunDataTests} runs them for all tables, and {@link
 * org.stripeanalytics.quality.FailOnErrors} ends a run whose data broke a promise.
 */
package org.stripeanalytics.quality;
