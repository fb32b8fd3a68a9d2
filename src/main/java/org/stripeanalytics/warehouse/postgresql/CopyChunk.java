package org.stripeanalytics.warehouse.postgresql;

import com.google.common.collect.ImmutableSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.SortedMap;
import java.util.TreeMap;
import org.postgresql.copy.CopyIn;

/**
 * The rows of one COPY, month by month: the server then fills a partition after the other, and
 * inserts what is for the same at once.
 */
final class CopyChunk {
  private final CopyBuffer begin = new CopyBuffer();
  private final SortedMap<YearMonth, CopyBuffer> rows = new TreeMap<>();
  private final CopyBuffer end = new CopyBuffer();
  private int size;
  private long count;

  CopyChunk(CopyBinary<?> format) {
    format.begin(begin);
    format.end(end);
  }

  /** Appends a row to those of a month. */
  <T> void write(CopyBinary<T> format, YearMonth month, T row, long last) {
    CopyBuffer ofMonth = rows.computeIfAbsent(month, unused -> new CopyBuffer());
    int before = ofMonth.size();
    format.write(row, last, ofMonth);
    size += ofMonth.size() - before;
    count++;
  }

  /** How many bytes its rows are. */
  int size() {
    return size;
  }

  /** How many rows it has. */
  long count() {
    return count;
  }

  /** Those of which there are rows. */
  ImmutableSet<YearMonth> months() {
    return rows.entrySet().stream()
        .filter(month -> month.getValue().size() > 0)
        .map(month -> month.getKey())
        .collect(ImmutableSet.toImmutableSet());
  }

  void clear() {
    rows.values().forEach(CopyBuffer::clear);
    size = 0;
    count = 0;
  }

  /** Sends all and returns how many rows the server took. */
  long sendTo(CopyIn copy) throws SQLException {
    try {
      begin.sendTo(copy);
      for (CopyBuffer ofMonth : rows.values()) {
        ofMonth.sendTo(copy);
      }
      end.sendTo(copy);
      return copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }
}
