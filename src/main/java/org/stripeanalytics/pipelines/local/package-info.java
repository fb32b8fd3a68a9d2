/**
 * The bundled jar's command line on one machine: {@code run-local}, which orchestrates all
 * pipelines in one process, each pipeline alone, and {@code sql}.
 *
 * <p>A run of {@code run-local} that ends early keeps two files beside the warehouse: the
 * half-built one, and a state that says which tasks are done. The state is removed before a new run
 * begins to build, and again when a finished file only has to be renamed. So wherever a process
 * dies, there is either nothing to go on with, or everything that the state speaks of, which {@code
 * --resume} checks in the run log.
 */
package org.stripeanalytics.pipelines.local;
