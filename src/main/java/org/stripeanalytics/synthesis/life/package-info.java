/**
 * What happens to one customer. Each class knows those that it is made of and none above it: {@code
 * SimulatedCustomer}, {@code Wallet}, {@code PaymentLife} with what follows a payment, {@code
 * InvoiceLife}, {@code SubscriptionLife}, {@code CustomerLife}. {@link
 * org.stripeanalytics.synthesis.life.CustomerHistory} runs it from the signup to the end of the
 * history.
 */
package org.stripeanalytics.synthesis.life;
