/**
 * The metrics, by period and segment: one class per table, {@code Compute} and its name. Measures
 * are summed as integers in windows that are the periods, {@code RollForward} makes the tables
 * dense and adds levels, and every cell is divided once, at the end.
 */
package org.stripeanalytics.marts;
