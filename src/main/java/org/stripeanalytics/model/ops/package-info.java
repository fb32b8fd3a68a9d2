/**
 * The layer {@code ops}: rows about the warehouse itself. A class per table; its contract is in
 * {@code schemas/ops}.
 */
package org.stripeanalytics.model.ops;
