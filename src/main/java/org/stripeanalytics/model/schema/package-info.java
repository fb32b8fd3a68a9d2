/** How a row class becomes a Beam schema, and with it the columns of a table. */
package org.stripeanalytics.model.schema;
