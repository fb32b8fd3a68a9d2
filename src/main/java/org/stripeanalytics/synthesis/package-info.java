/**
 * A simulated Stripe account: a pure function of a profile, a seed and a customer's index, so that
 * every part of it can be made anywhere and comes out the same. This package has what is made of
 * it: {@link org.stripeanalytics.synthesis.GenerateAccount} loads it as raw rows, {@link
 * org.stripeanalytics.synthesis.WriteObjects} writes it as files of JSON, {@link
 * org.stripeanalytics.synthesis.AccountContents} holds it in memory.
 *
 * <p>What it is made from has packages of its own, each of which knows only those before it: {@code
 * chance}, {@code profile}, {@code json}, {@code history}, {@code account}, {@code life}, {@code
 * sources}. {@link org.stripeanalytics.synthesis.account.SimulatedAccount} says which account is
 * meant.
 */
package org.stripeanalytics.synthesis;
