/**
 * The contracts in {@code schemas/}: what a table promises, and the row class that has its columns.
 * Whatever needs to know a column, a key or an owner asks here, so that it is written down once.
 */
package org.stripeanalytics.contract;
