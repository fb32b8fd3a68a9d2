package org.stripeanalytics.synthesis;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.raw.MarketingSpend;
import org.stripeanalytics.model.truth.CustomerTruth;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.account.Tally;
import org.stripeanalytics.synthesis.history.Recorder;
import org.stripeanalytics.synthesis.history.Snapshot;
import org.stripeanalytics.synthesis.json.JsonBytes;
import org.stripeanalytics.synthesis.json.Related;

/** The JSON of a simulated account, as {@link WriteObjects} writes it but kept in the process. */
public final class SimulatedObjects {

  /** Hands over the newest state of every object, and every event, each as JSON. */
  public static void of(SimulatedAccount account, BiConsumer<WarehouseTable<?>, String> lines) {
    AccountSimulation simulation =
        new AccountSimulation(account, DataInterval.of(account.start(), account.end()), true);
    HistoryCollector collector = new Lines(simulation, lines);
    Map<Tally, Long> totals = new HashMap<>();
    for (long range : simulation.ranges()) {
      simulation.simulate(
          range, collector, tally -> totals.merge(tally.getKey(), tally.getValue(), Long::sum));
    }
    simulation.simulateAccount(totals, collector);
  }

  private record Lines(AccountSimulation simulation, BiConsumer<WarehouseTable<?>, String> lines)
      implements HistoryCollector {

    @Override
    public void collect(Consumer<Recorder> history) {
      Map<String, Snapshot<?>> newest = new LinkedHashMap<>();
      Recorder states = snapshot -> newest.put(snapshot.id(), snapshot);
      EventLog events =
          new EventLog(
              simulation.population(),
              simulation.json(),
              simulation.interval(),
              event -> {
                JsonBytes json = new JsonBytes();
                event.writeTo(json);
                lines.accept(Tables.EVENTS, json.toString());
              });
      history.accept(states.and(events));
      newest.values().forEach(state -> write(state.table(), state.row(), state.related()));
    }

    @Override
    public void collect(MarketingSpend spend) {
      write(Tables.MARKETING_SPEND, spend, Related.NOTHING);
    }

    @Override
    public void collect(CustomerTruth truth) {
      write(Tables.TRUTH_CUSTOMERS, truth, Related.NOTHING);
    }

    private void write(WarehouseTable<?> table, Object row, Related related) {
      JsonBytes json = new JsonBytes();
      simulation.json().write(table, row, related, json);
      lines.accept(table, json.toString());
    }
  }

  private SimulatedObjects() {}
}
