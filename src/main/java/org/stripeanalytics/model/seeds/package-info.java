/**
 * The layer {@code seeds}: small tables that are maintained by hand. A class per table; its
 * contract is in {@code schemas/seeds}.
 */
package org.stripeanalytics.model.seeds;
