/**
 * The tables of the warehouse as {@code schemas/} promises them. A {@link
 * org.stripeanalytics.contract.Contract} is one file; {@link org.stripeanalytics.contract.Tables}
 * pairs each with the class of its rows, and a test proves that the two have the same columns,
 * types and modes at every depth.
 */
package org.stripeanalytics.contract;
