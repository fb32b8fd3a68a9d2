/**
 * The layer {@code intermediate}: rows of the fold over a customer's history. A class per table;
 * its contract is in {@code schemas/intermediate}.
 */
package org.stripeanalytics.model.intermediate;
