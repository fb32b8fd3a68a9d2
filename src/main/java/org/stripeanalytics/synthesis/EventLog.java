package org.stripeanalytics.synthesis;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.synthesis.account.Population;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.history.Recorder;
import org.stripeanalytics.synthesis.history.Snapshot;
import org.stripeanalytics.synthesis.history.StripeId;
import org.stripeanalytics.synthesis.json.RenderedObject;
import org.stripeanalytics.synthesis.json.StripeJson;

/**
 * The events by which Stripe reports one customer's changes, in order: each with the object as of
 * that instant, and for an update with what it replaced.
 */
final class EventLog implements Recorder {
  private final RandomStream stream;
  private final String token;
  private final StripeJson json;
  private final @Nullable DataInterval interval;
  private final Consumer<Announcement> events;
  private final Map<String, Announced> announced = new HashMap<>();
  private Instant second = Instant.MIN;
  private int sequence;

  /**
   * @param interval the days whose events are wanted; null for all
   */
  EventLog(
      Population population,
      StripeJson json,
      @Nullable DataInterval interval,
      Consumer<Announcement> events) {
    this.stream = population.root().fork("events");
    this.token = population.token();
    this.json = json;
    this.interval = interval;
    this.events = events;
  }

  @Override
  public void record(Snapshot<?> snapshot) {
    if (snapshot.events().isEmpty()) {
      return;
    }
    if (!snapshot.at().equals(second)) {
      second = snapshot.at();
      sequence = 0;
    }
    Announced before = announced.get(snapshot.id());
    Announced now = new Announced(snapshot);
    announced.put(snapshot.id(), now);
    if (interval != null && !interval.contains(snapshot.day())) {
      sequence += snapshot.events().size();
      return;
    }
    for (String type : snapshot.events()) {
      boolean update = before != null && type.endsWith("updated");
      events.accept(
          new Announcement(
              id(snapshot, type),
              type,
              snapshot,
              json.customerOf(snapshot.table(), snapshot.row()),
              now.rendered(json),
              update ? before.rendered(json) : null));
    }
  }

  private String id(Snapshot<?> snapshot, String type) {
    RandomStream thing =
        stream.fork(snapshot.id(), snapshot.at().getEpochSecond()).fork(type, sequence);
    return StripeId.event(thing, token, snapshot.at(), sequence++);
  }

  /** The newest state that an event reported; rendered when it is needed, and only once. */
  private static final class Announced {
    private final Snapshot<?> snapshot;
    private @Nullable RenderedObject rendered;

    Announced(Snapshot<?> snapshot) {
      this.snapshot = snapshot;
    }

    RenderedObject rendered(StripeJson json) {
      if (rendered == null) {
        rendered = json.render(snapshot.table(), snapshot.row(), snapshot.related());
      }
      return rendered;
    }
  }
}
