package org.stripeanalytics.synthesis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.raw.Discount;
import org.stripeanalytics.model.raw.MarketingSpend;
import org.stripeanalytics.model.truth.CustomerTruth;
import org.stripeanalytics.synthesis.history.Recorder;
import org.stripeanalytics.synthesis.history.Snapshot;
import org.stripeanalytics.synthesis.json.JsonBytes;
import org.stripeanalytics.synthesis.json.Related;

/**
 * Collects Stripe's JSON: the newest state of every object that changed in the interval, as a list
 * call at its end would return it, and if wanted the events of the interval.
 */
final class ObjectCollector implements HistoryCollector {
  private final AccountSimulation simulation;
  private final ObjectFiles files;
  private final boolean withEvents;
  private final EventDelivery delivery;
  private final JsonBytes line = new JsonBytes();

  ObjectCollector(
      AccountSimulation simulation, ObjectFiles files, boolean withEvents, Faults faults) {
    this.simulation = simulation;
    this.files = files;
    this.withEvents = withEvents;
    this.delivery =
        new EventDelivery(
            faults,
            simulation.population().root().fork("delivery"),
            event -> files.write(Tables.EVENTS, event));
  }

  @Override
  public void collect(Consumer<Recorder> history) {
    Map<String, Snapshot<?>> newest = new LinkedHashMap<>();
    Recorder states = snapshot -> newest.put(snapshot.id(), snapshot);
    history.accept(withEvents ? states.and(eventLog()) : states);
    DataInterval interval = simulation.interval();
    newest.values().stream()
        .filter(snapshot -> interval.contains(snapshot.day()) && !isRemoved(snapshot))
        .forEach(snapshot -> write(snapshot.table(), snapshot.row(), snapshot.related()));
  }

  /** A discount that was removed is in no answer of the API; its event shows its last state. */
  private static boolean isRemoved(Snapshot<?> snapshot) {
    return snapshot.row() instanceof Discount discount
        && Boolean.TRUE.equals(discount.getDeleted());
  }

  /** Delivers what was held back; call it after the last history. */
  void finish() {
    delivery.finish();
  }

  private EventLog eventLog() {
    return new EventLog(
        simulation.population(),
        simulation.json(),
        simulation.interval(),
        event -> {
          line.clear();
          event.writeTo(line);
          delivery.deliver(event.id(), line);
        });
  }

  @Override
  public void collect(MarketingSpend spend) {
    if (simulation.interval().contains(spend.getDay())) {
      write(Tables.MARKETING_SPEND, spend, Related.NOTHING);
    }
  }

  @Override
  public void collect(CustomerTruth truth) {
    write(Tables.TRUTH_CUSTOMERS, truth, Related.NOTHING);
  }

  private void write(WarehouseTable<?> table, Object row, Related related) {
    line.clear();
    simulation.json().write(table, row, related, line);
    files.write(table, line);
  }
}
