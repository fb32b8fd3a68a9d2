/** Who and what the facts are about: one class per table, {@code Compute} and the table's name. */
package org.stripeanalytics.dimensions;
