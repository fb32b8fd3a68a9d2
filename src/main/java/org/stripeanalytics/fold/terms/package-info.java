/** What a fold is given: the frame, the policies, days, prices, discounts, rates. */
package org.stripeanalytics.fold.terms;
