package org.stripeanalytics.synthesis.history;

import java.time.Instant;
import java.util.PriorityQueue;

/**
 * What is going to happen to one customer, in order of time; what is due at the same instant
 * happens in the order in which it was entered. An entry itself checks, when it is due, whether it
 * still applies.
 */
public final class Agenda {
  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long sequence;

  public void at(Instant when, Runnable what) {
    entries.add(new Entry(when.getEpochSecond(), sequence++, what));
  }

  /** Lets everything happen that is due before {@code end}, and leaves the rest undone. */
  public void runUntil(Instant end) {
    while (!entries.isEmpty() && entries.peek().second < end.getEpochSecond()) {
      entries.remove().what.run();
    }
  }

  private record Entry(long second, long sequence, Runnable what) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int order = Long.compare(second, other.second);
      return order != 0 ? order : Long.compare(sequence, other.sequence);
    }
  }
}
