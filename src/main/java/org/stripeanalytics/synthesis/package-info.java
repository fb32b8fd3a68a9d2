/**
 * A simulated Stripe account. {@link org.stripeanalytics.synthesis.SimulatedAccount} is a pure
 * function of a profile, a seed and a customer's index, so every part of the account can be made
 * anywhere and comes out the same.
 *
 * <ul>
 *   <li>What it is made from: {@link org.stripeanalytics.synthesis.Profile}, read from YAML and
 *       checked by {@link org.stripeanalytics.synthesis.ProfileRules}; {@link
 *       org.stripeanalytics.synthesis.RandomStream}, one per customer.
 *   <li>Who signs up and when: {@link org.stripeanalytics.synthesis.SignupProcess}, {@link
 *       org.stripeanalytics.synthesis.Growth}, {@link org.stripeanalytics.synthesis.People}.
 *   <li>What happens to them: {@link org.stripeanalytics.synthesis.CustomerLife} and the lives of
 *       their subscriptions, invoices, refunds and disputes, driven by an {@link
 *       org.stripeanalytics.synthesis.Agenda}.
 *   <li>What Stripe would record of it: {@link org.stripeanalytics.synthesis.Journal}, which yields
 *       versions of objects and events; {@link org.stripeanalytics.synthesis.RowCollector} turns
 *       them into raw rows, {@link org.stripeanalytics.synthesis.ObjectCollector} into JSON.
 *   <li>The Beam steps: {@link org.stripeanalytics.synthesis.GenerateAccount} and {@link
 *       org.stripeanalytics.synthesis.WriteObjects}.
 * </ul>
 */
package org.stripeanalytics.synthesis;
