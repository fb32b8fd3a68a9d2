package org.stripeanalytics.marts;

import static org.stripeanalytics.contract.Tables.EVENTS;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Asks the warehouse for its newest event up to the end of an interval, and how many it holds of
 * later days. It looks beside the graph: an event that is stored while the graph reads may be found
 * here and not be in the figures, until the next run. It looks into the partitions of the interval
 * and later ones; into all earlier ones only where the interval has no event.
 *
 * @param livemode whether the figures are of live events or of those of the test mode
 */
public record NewestEvent(Warehouse warehouse, DataInterval interval, boolean livemode)
    implements Serializable {

  StoredEvents find() {
    List<@Nullable Object> recent = recent();
    Instant newest = (Instant) recent.get(0);
    return StoredEvents.of(newest == null ? earlier() : newest, (Long) recent.get(1));
  }

  private List<@Nullable Object> recent() {
    return warehouse
        .query(
            ("SELECT MAX(CASE WHEN e._snapshot_date < DATE '%1$s' THEN e.created END) AS newest,"
                    + " COUNT(CASE WHEN e._snapshot_date >= DATE '%1$s' THEN e.id END) AS behind"
                    + " FROM %2$s AS e WHERE e._snapshot_date >= DATE '%3$s' AND %4$s")
                .formatted(interval.to(), EVENTS.name(), interval.from(), ofMode()))
        .rows()
        .get(0);
  }

  private @Nullable Instant earlier() {
    return (Instant)
        warehouse
            .query(
                ("SELECT MAX(e.created) AS newest FROM %s AS e"
                        + " WHERE e._snapshot_date < DATE '%s' AND %s")
                    .formatted(EVENTS.name(), interval.from(), ofMode()))
            .value();
  }

  private String ofMode() {
    return livemode ? "e.livemode" : "NOT e.livemode";
  }
}
