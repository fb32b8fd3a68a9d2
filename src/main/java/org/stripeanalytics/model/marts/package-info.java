/**
 * The layer {@code marts}: rows that answer a question as they stand. A class per table; its
 * contract is in {@code schemas/marts}.
 */
package org.stripeanalytics.model.marts;
