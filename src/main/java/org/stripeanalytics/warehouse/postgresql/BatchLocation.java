package org.stripeanalytics.warehouse.postgresql;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSortedSet;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;

/**
 * Which rows of a staging table are a batch, and the months of the partitions that they belong to:
 * whoever writes them knows, and nobody has to look for it afterwards.
 *
 * @param number in {@link StagingTables#BATCH}
 * @param months empty if the table has no partitions
 */
record BatchLocation(long number, ImmutableSortedSet<YearMonth> months) {
  private static final Splitter WORDS = Splitter.on(' ');

  static BatchLocation of(long number, Set<YearMonth> months) {
    return new BatchLocation(number, ImmutableSortedSet.copyOf(months));
  }

  static BatchLocation parse(String text) {
    List<String> words = WORDS.splitToList(text);
    return new BatchLocation(
        Long.parseLong(words.get(0)),
        words.stream()
            .skip(1)
            .map(YearMonth::parse)
            .collect(ImmutableSortedSet.toImmutableSortedSet(YearMonth::compareTo)));
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(number);
    months.forEach(month -> text.append(' ').append(month));
    return text.toString();
  }
}
