/**
 * A Beam runner for bounded pipelines of one machine that keeps what it groups in memory, as the
 * objects that they are. Embedded Flink writes every element down to sort it, and takes seconds to
 * start; Beam's DirectRunner copies its state through coders and keeps a core busy with looking for
 * timers. A simulated account of some thousand customers needs none of it.
 *
 * <p>The graph is cut into {@link Stage stages}: a source, or a step that waits for all of its
 * input, and behind it the steps that take one element after the other. A thread that works on a
 * stage has one bundle of it, from the first element it takes to the last. Steps with state, timers
 * or splittable functions, windows that merge and triggers are refused.
 */
package org.stripeanalytics.pipelines.local.memory;
