/**
 * Random draws: streams of numbers that depend on nothing but a seed and a path, and weighted
 * choices among values.
 */
package org.stripeanalytics.synthesis.chance;
