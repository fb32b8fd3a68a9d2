/**
 * What other systems know of the same customers: CRM, support, the website and advertising
 * platforms. They draw from streams of their own and change nothing of what Stripe has.
 */
package org.stripeanalytics.synthesis.sources;
