/** What invoices say of the prices and periods of a subscription, and how they were settled. */
package org.stripeanalytics.fold.billing;
