package org.stripeanalytics.extraction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Spans of time that have been read, joined where they touch. Seconds, the first included. */
final class Coverage {
  private final TreeMap<Long, Long> spans = new TreeMap<>();

  static Coverage read(JsonNode spans) {
    Coverage coverage = new Coverage();
    spans.forEach(span -> coverage.add(span.get(0).asLong(), span.get(1).asLong()));
    return coverage;
  }

  void write(ArrayNode spans) {
    spans().forEach(span -> spans.addArray().add(span[0]).add(span[1]));
  }

  void add(long from, long to) {
    if (from >= to) {
      return;
    }
    long first = from;
    long end = to;
    Map.Entry<Long, Long> before = spans.floorEntry(from);
    if (before != null && before.getValue() >= from) {
      first = before.getKey();
      end = Math.max(end, before.getValue());
    }
    for (Map.Entry<Long, Long> next = spans.ceilingEntry(first);
        next != null && next.getKey() <= end;
        next = spans.ceilingEntry(first)) {
      end = Math.max(end, next.getValue());
      spans.remove(next.getKey());
    }
    spans.put(first, end);
  }

  /** What is missing of a span, oldest first. */
  List<long[]> gaps(long from, long to) {
    List<long[]> gaps = new ArrayList<>();
    long at = from;
    for (Map.Entry<Long, Long> span : spans.entrySet()) {
      if (span.getKey() > at && at < to) {
        gaps.add(new long[] {at, Math.min(span.getKey(), to)});
      }
      at = Math.max(at, span.getValue());
    }
    if (at < to) {
      gaps.add(new long[] {at, to});
    }
    return gaps;
  }

  /** Pairs of first and end, oldest first. */
  List<long[]> spans() {
    return spans.entrySet().stream()
        .map(span -> new long[] {span.getKey(), span.getValue()})
        .toList();
  }
}
