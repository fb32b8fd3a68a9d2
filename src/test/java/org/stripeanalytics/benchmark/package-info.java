/**
 * What {@code scripts/benchmark/run} starts: it measures the pipelines and what they are compared
 * with, keeps every sample in {@code results.json} and writes the page from that. Not in the jar
 * that is shipped.
 */
package org.stripeanalytics.benchmark;
