/**
 * What sales and support have to do with customers: deals and tickets of any source, as the
 * contracts of raw tables say which columns they are in. {@link
 * org.stripeanalytics.relations.ReadDealings} reads them, and {@link
 * org.stripeanalytics.relations.CollectRelations} brings them to the customers that identities
 * name. No code names a source.
 */
package org.stripeanalytics.relations;
