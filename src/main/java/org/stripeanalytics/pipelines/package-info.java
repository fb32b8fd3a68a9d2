/**
 * The pipelines: a main and an options interface for each, and what all of them need to be started.
 * The only package that names both transforms and warehouses; a main reads as a paragraph and holds
 * no logic of its own. Each has a manifest in {@code pipelines/}, from which the order of things
 * follows.
 */
package org.stripeanalytics.pipelines;
