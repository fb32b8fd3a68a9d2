/**
 * The layer {@code staging}: rows that are nested in their raw objects. The other tables of the
 * layer have the rows of the raw layer. A table's contract is in {@code schemas/staging}.
 */
package org.stripeanalytics.model.staging;
