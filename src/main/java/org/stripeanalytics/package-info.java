/**
 * Stripe analytics on Apache Beam. Packages import only from packages above them in this order:
 * {@code attribution}, {@code prediction}, {@code model}, {@code fold}, {@code contract}, {@code
 * warehouse} (and its adapters), {@code quality}, {@code observability}, {@code extraction}, {@code
 * synthesis}, {@code server}, {@code webhooks}, {@code ingestion}, {@code identity}, {@code
 * staging}, {@code intermediate}, {@code dimensions}, {@code facts}, {@code acquisition}, {@code
 * relations}, {@code marts}, {@code streaming}, {@code forecast}, {@code report}, {@code
 * pipelines}. A test holds the code to it.
 */
package org.stripeanalytics;
