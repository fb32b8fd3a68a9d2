/**
 * The layer {@code dimensions}: rows that facts refer to. A class per table; its contract is in
 * {@code schemas/dimensions}.
 */
package org.stripeanalytics.model.dimensions;
