/**
 * What Stripe's API versions from 2014 on named or shaped in another way than today, and how it is
 * read into today's columns: one class per kind of object, with a table of the changes.
 *
 * <p>The versions named are those of Stripe's changelog, {@code docs.stripe.com/changelog/VERSION}.
 * An object does not say its version, and the events of one account may have several, so nothing
 * asks for it: each step looks whether the former member is there and today's is not. An object of
 * the current version stays as it is.
 */
package org.stripeanalytics.ingestion.shapes;
