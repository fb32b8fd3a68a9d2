package org.stripeanalytics.ingestion.shapes;

import static org.stripeanalytics.ingestion.shapes.Members.fill;
import static org.stripeanalytics.ingestion.shapes.Members.rename;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;

/**
 * Payment intents.
 *
 * <table>
 * <caption>What changed</caption>
 * <tr><th>until</th><th>former</th><th>today</th></tr>
 * <tr><td>2019-02-11</td><td>status requires_source, requires_source_action</td><td>
 *     requires_payment_method, requires_action</td></tr>
 * <tr><td>2019-02-11</td><td>confirmation_method publishable, secret</td><td>automatic,
 *     manual</td></tr>
 * <tr><td>2019-02-11</td><td>allowed_source_types, source</td><td>payment_method_types,
 *     payment_method</td></tr>
 * <tr><td>2022-11-15</td><td>charges</td><td>latest_charge, and a row of each</td></tr>
 * </table>
 */
final class PaymentIntentShape {
  private static final ImmutableMap<String, String> STATUS =
      ImmutableMap.of(
          "requires_source", "requires_payment_method",
          "requires_source_action", "requires_action");

  private static final ImmutableMap<String, String> CONFIRMATION =
      ImmutableMap.of("publishable", "automatic", "secret", "manual");

  static void intent(ObjectNode intent) {
    rename(intent, "status", STATUS);
    rename(intent, "confirmation_method", CONFIRMATION);
    fill(intent, "confirmation_method", "automatic");
    fill(intent, "capture_method", "automatic");
    fill(intent, "payment_method_types", intent.get("allowed_source_types"));
    fill(intent, "payment_method", intent.get("source"));
    fill(intent, "latest_charge", intent.path("charges").path("data").path(0).get("id"));
    fill(intent, "amount_capturable", 0);
    fill(intent, "amount_received", 0);
  }

  private PaymentIntentShape() {}
}
