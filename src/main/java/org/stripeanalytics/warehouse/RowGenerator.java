package org.stripeanalytics.warehouse;

import java.io.Serializable;
import java.util.function.Consumer;

/**
 * Computes rows of several tables from one element, as {@link Publication#loadAll} wants it. A
 * function of the element alone: a runner may call it again.
 *
 * @param <E> what the rows are computed from
 * @param <X> what else comes out, for transforms to work on
 */
public interface RowGenerator<E, X> extends Serializable {

  /** Called once before the first element, wherever elements are worked on. */
  default void prepare() {}

  void generate(E element, RowSink rows, Consumer<X> aside);
}
