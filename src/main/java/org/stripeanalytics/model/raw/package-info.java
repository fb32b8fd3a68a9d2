/**
 * The layer {@code raw}: rows as Stripe's objects stood at the end of a day; nested records are
 * shared between tables. A class per table; its contract is in {@code schemas/raw}.
 */
package org.stripeanalytics.model.raw;
