/**
 * What the system tells about its own work: the run log, and later lineage, metrics and alerts. It
 * watches pipelines from outside; no table but those of {@code ops} depends on it.
 */
package org.stripeanalytics.observability;
