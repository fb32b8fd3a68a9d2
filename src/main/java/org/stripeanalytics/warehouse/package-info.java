/**
 * The port behind which tables are kept. Pipelines read a table, load rows and publish them through
 * it and do not know what is behind it; an adapter has a package of its own below this one.
 */
package org.stripeanalytics.warehouse;
