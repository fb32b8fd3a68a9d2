/**
 * What the system tells about its own work: the run log, lineage events and alerts. It watches
 * pipelines from outside; no table but those of {@code ops} depends on it.
 */
package org.stripeanalytics.observability;
