/** What has to be remembered of a customer from one month to the next. */
package org.stripeanalytics.fold.state;
