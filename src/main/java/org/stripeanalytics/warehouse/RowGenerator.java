package org.stripeanalytics.warehouse;

import java.io.Serializable;
import java.util.function.Consumer;

/**
 * Computes rows of several tables from one element, as {@link Publication#loadAll} wants it. The
 * rows of an element depend on that alone, whatever bundle it is in: a runner may call it again.
 *
 * @param <E> what the rows are computed from
 * @param <X> what else comes out, for transforms to work on
 */
public interface RowGenerator<E, X> extends Serializable {

  /** Called once before the first element, wherever elements are worked on. */
  default void prepare() {}

  /** Called before the first element of each bundle. */
  default void startBundle() {}

  void generate(E element, RowSink rows, Consumer<X> aside);

  /** Called after the last element of each bundle: what had to wait for others is computed now. */
  default void finishBundle(RowSink rows, Consumer<X> aside) {}
}
