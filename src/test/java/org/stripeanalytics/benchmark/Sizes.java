package org.stripeanalytics.benchmark;

/**
 * How much an account is in BigQuery, by its rules for the sizes of values, before compression.
 *
 * @param rawRows of all raw tables
 * @param eventBytes the part of {@code rawBytes} that is {@code raw.events}
 * @param computedRows of all tables below raw
 */
record Sizes(
    long customers,
    long rawRows,
    long rawBytes,
    long eventBytes,
    long computedRows,
    long computedBytes) {}
