package org.stripeanalytics.synthesis.json;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What the writer of an object sees.
 *
 * @param parent the row that this one is nested in
 */
record Scope(Object row, @Nullable Object parent, Related related) {}
