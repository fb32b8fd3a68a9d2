package org.stripeanalytics.synthesis.json;

import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.Customer;
import org.stripeanalytics.model.raw.InvoicePayment;
import org.stripeanalytics.model.raw.PaymentMethod;

/**
 * What Stripe shows inside an object although it belongs to others, as it stands at that instant.
 *
 * @param customer whom an invoice is addressed to
 * @param payments the payments of an invoice
 * @param paymentMethod the card of a payment intent's last error
 */
public record Related(
    @Nullable Customer customer,
    List<InvoicePayment> payments,
    @Nullable PaymentMethod paymentMethod) {
  public static final Related NOTHING = new Related(null, List.of(), null);

  public static Related toInvoice(Customer customer, List<InvoicePayment> payments) {
    return new Related(customer, payments, null);
  }

  public static Related toPaymentIntent(@Nullable PaymentMethod paymentMethod) {
    return new Related(null, List.of(), paymentMethod);
  }
}
