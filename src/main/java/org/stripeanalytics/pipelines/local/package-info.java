/**
 * The bundled jar's command line on one machine: {@code run-local}, which orchestrates all
 * pipelines in one process, each pipeline alone, and {@code sql}.
 */
package org.stripeanalytics.pipelines.local;
