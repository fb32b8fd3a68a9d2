/** What a fold reads: end-of-day versions of raw objects, cut to the columns that it needs. */
package org.stripeanalytics.fold.changes;
