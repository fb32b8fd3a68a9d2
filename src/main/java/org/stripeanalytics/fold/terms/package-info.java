/** What a fold is told and does not find out: policies, days, prices, discounts, rates. */
package org.stripeanalytics.fold.terms;
