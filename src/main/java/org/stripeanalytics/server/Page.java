package org.stripeanalytics.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.List;
import java.util.function.Predicate;

/**
 * One page of a list.
 *
 * @param data in the order of the list
 * @param hasMore whether there is more in the direction in which the list is walked
 */
record Page<T>(ImmutableList<T> data, boolean hasMore) {

  /** The first elements from an index on. */
  static <T> Page<T> from(List<T> list, int index, int limit, Predicate<? super T> wanted) {
    return of(list.subList(index, list.size()), limit, wanted);
  }

  /** The last elements before an index. */
  static <T> Page<T> before(List<T> list, int index, int limit, Predicate<? super T> wanted) {
    Page<T> backwards = of(Lists.reverse(list.subList(0, index)), limit, wanted);
    return new Page<>(backwards.data().reverse(), backwards.hasMore());
  }

  private static <T> Page<T> of(List<T> list, int limit, Predicate<? super T> wanted) {
    ImmutableList.Builder<T> data = ImmutableList.builder();
    int size = 0;
    for (T element : list) {
      if (wanted.test(element)) {
        if (size == limit) {
          return new Page<>(data.build(), true);
        }
        data.add(element);
        size++;
      }
    }
    return new Page<>(data.build(), false);
  }
}
