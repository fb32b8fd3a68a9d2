package org.stripeanalytics.prediction;

import com.google.common.collect.ImmutableList;
import java.io.Serializable;

/**
 * How the values of a feature are related.
 *
 * @param levels values in their order, of which neighbours are expected to have nearly the same
 *     effect; empty where values are mere names. A value that is not among them is a name
 */
public record Scale(ImmutableList<String> levels) implements Serializable {
  public static final Scale NAMES = new Scale(ImmutableList.of());
}
