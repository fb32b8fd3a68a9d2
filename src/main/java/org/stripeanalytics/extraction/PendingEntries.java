package org.stripeanalytics.extraction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Creation times of balance entries that were pending when read, keyed by when they become
 * available. No event says that they have. Times are seconds since the epoch.
 */
final class PendingEntries {
  private static final long DAY = 86_400;

  /** From the first entry of each to the second after its last one. */
  private final TreeMap<Long, long[]> createdByAvailability = new TreeMap<>();

  /**
   * Notes an entry.
   *
   * @param availableOn when it becomes available; when that is over already, it is looked at again
   *     the next day
   * @param now when it was read
   * @return whether that is anything new
   */
  boolean add(long created, long availableOn, long now) {
    long due = availableOn > now ? availableOn : (now / DAY + 1) * DAY;
    long[] noted = createdByAvailability.get(due);
    if (noted == null) {
      createdByAvailability.put(due, new long[] {created, created + 1});
    } else if (created < noted[0] || created >= noted[1]) {
      noted[0] = Math.min(noted[0], created);
      noted[1] = Math.max(noted[1], created + 1);
    } else {
      return false;
    }
    return true;
  }

  /** Takes away those that have become available, and says when they were created. */
  Coverage takeAvailable(long now) {
    Coverage taken = new Coverage();
    NavigableMap<Long, long[]> due = createdByAvailability.headMap(now, true);
    due.values().forEach(created -> taken.add(created[0], created[1]));
    due.clear();
    return taken;
  }

  void write(ObjectNode json) {
    createdByAvailability.forEach(
        (due, created) -> json.putArray(due.toString()).add(created[0]).add(created[1]));
  }

  void read(JsonNode json) {
    for (Map.Entry<String, JsonNode> due : json.properties()) {
      JsonNode created = due.getValue();
      createdByAvailability.put(
          Long.valueOf(due.getKey()),
          new long[] {created.get(0).asLong(), created.get(1).asLong()});
    }
  }
}
