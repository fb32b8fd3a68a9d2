/**
 * The account that all customers share: who signs up and when, what is sold, when cards are
 * declined, and what depends on all customers together, such as payouts, fees and marketing.
 */
package org.stripeanalytics.synthesis.account;
