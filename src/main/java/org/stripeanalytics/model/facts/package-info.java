/**
 * The layer {@code facts}: rows of what has happened. A class per table; its contract is in {@code
 * schemas/facts}.
 */
package org.stripeanalytics.model.facts;
