/**
 * The pipelines: a main and an options interface for each, and what all of them need to be started.
 * The only package that names the adapters of a warehouse or a runner: a transform that reads or
 * queries is handed the port, {@link org.stripeanalytics.warehouse.Warehouse}. A main reads as a
 * paragraph and holds no logic of its own. Each has a manifest in {@code pipelines/}, from which
 * the schedule, the templates and the lineage follow.
 */
package org.stripeanalytics.pipelines;
