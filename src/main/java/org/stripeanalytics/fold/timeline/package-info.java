/** What a fold finds out about a customer, from which the tables per customer are made. */
package org.stripeanalytics.fold.timeline;
