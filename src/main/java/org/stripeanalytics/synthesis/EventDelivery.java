package org.stripeanalytics.synthesis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.json.JsonBytes;

/**
 * The order in which events arrive: that in which they happened, but for the faults. What befalls
 * an event depends on its id alone.
 */
final class EventDelivery {
  private static final int MOST_EVENTS_BEHIND = 20;

  private final Faults faults;
  private final RandomStream stream;
  private final Consumer<JsonBytes> receiver;
  private final PriorityQueue<Held> held = new PriorityQueue<>(Comparator.comparing(Held::due));
  private final List<JsonBytes> late = new ArrayList<>();
  private long delivered;

  EventDelivery(Faults faults, RandomStream stream, Consumer<JsonBytes> receiver) {
    this.faults = faults;
    this.stream = stream;
    this.receiver = receiver;
  }

  /**
   * Takes the next event that happened.
   *
   * @param json its text, which may change once this returns
   */
  void deliver(String id, JsonBytes json) {
    if (faults.equals(Faults.NONE)) {
      receiver.accept(json);
      return;
    }
    JsonBytes event = json.copy();
    RandomStream fate = stream.fork(id);
    boolean isLate = fate.chance(faults.late());
    boolean isDuplicate = fate.chance(faults.duplicate());
    boolean isOutOfOrder = fate.chance(faults.outOfOrder());
    boolean isMalformed = fate.chance(faults.malformed());
    int behind = fate.between(1, MOST_EVENTS_BEHIND);
    delivered++;
    if (isMalformed) {
      receiver.accept(event.firstPart(fate.nextDouble()));
    }
    if (isDuplicate) {
      held.add(new Held(delivered + behind, event));
    }
    if (isLate) {
      late.add(event);
    } else if (isOutOfOrder) {
      held.add(new Held(delivered + behind, event));
    } else {
      receiver.accept(event);
    }
    while (!held.isEmpty() && held.peek().due() <= delivered) {
      receiver.accept(held.remove().event());
    }
  }

  /** Delivers what is still held back. */
  void finish() {
    while (!held.isEmpty()) {
      receiver.accept(held.remove().event());
    }
    late.forEach(receiver);
    late.clear();
  }

  private record Held(long due, JsonBytes event) {}
}
