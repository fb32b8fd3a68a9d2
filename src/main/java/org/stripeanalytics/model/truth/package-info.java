/** Rows of the layer {@code truth}: what a simulation knows and no real account would tell. */
package org.stripeanalytics.model.truth;
