package org.stripeanalytics.warehouse;

/**
 * A job that goes on when the process that has started it has ended.
 *
 * @param region where it runs, as in {@code us-central1}
 * @param id by which the service knows it
 */
public record RunningJob(String region, String id) {}
