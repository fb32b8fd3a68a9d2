package org.stripeanalytics.ingestion.shapes;

import static org.stripeanalytics.ingestion.shapes.Members.JSON;
import static org.stripeanalytics.ingestion.shapes.Members.fill;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Customers and how they pay.
 *
 * <table>
 * <caption>What changed</caption>
 * <tr><th>until</th><th>former</th><th>today</th></tr>
 * <tr><td>2015-02-18</td><td>customer.default_card</td><td>no column; it is a source</td></tr>
 * <tr><td>2019-10-17</td><td>customer.account_balance</td><td>customer.balance</td></tr>
 * <tr><td>always</td><td>customer.invoice_settings.default_payment_method</td><td>the column
 *     default_payment_method</td></tr>
 * </table>
 */
final class CustomerShape {

  static void customer(ObjectNode customer) {
    fill(
        customer,
        "default_payment_method",
        customer.path("invoice_settings").get("default_payment_method"));
    fill(customer, "balance", customer.get("account_balance"));
    fill(customer, "balance", 0);
  }

  static void paymentMethod(ObjectNode method) {
    fill(method, "billing_details", JSON.objectNode());
  }

  private CustomerShape() {}
}
