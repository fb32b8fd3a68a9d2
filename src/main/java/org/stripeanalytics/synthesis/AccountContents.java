package org.stripeanalytics.synthesis;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.raw.Customer;
import org.stripeanalytics.model.raw.MarketingSpend;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.model.truth.CustomerTruth;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.account.Tally;
import org.stripeanalytics.synthesis.history.Recorder;
import org.stripeanalytics.synthesis.history.Snapshot;
import org.stripeanalytics.synthesis.json.JsonBytes;
import org.stripeanalytics.synthesis.json.StripeJson;

/**
 * A simulated account held in memory, as Stripe itself would hold it: every object with the states
 * it went through since an instant, and the events of that time. States are kept as rows and
 * rendered when they are asked for, which takes about a third of the memory of their JSON.
 *
 * @param objects in the order in which the simulation created them
 * @param events in the order in which they happened
 */
public record AccountContents(ImmutableList<HeldObject> objects, ImmutableList<HeldEvent> events) {

  /**
   * Simulates an account.
   *
   * @param since of what happened before, only the last state of each object is kept, and no event
   */
  public static AccountContents of(SimulatedAccount account, Instant since) {
    AccountSimulation simulation =
        new AccountSimulation(account, DataInterval.of(account.start(), account.end()), false);
    Collector collector = new Collector(simulation, since);
    Map<Tally, Long> totals = new HashMap<>();
    for (long range : simulation.ranges()) {
      simulation.simulate(
          range, collector, tally -> totals.merge(tally.getKey(), tally.getValue(), Long::sum));
    }
    simulation.simulateAccount(totals, collector);
    return new AccountContents(
        ImmutableList.copyOf(collector.objects), ImmutableList.copyOf(collector.events));
  }

  /**
   * Simulates an account and keeps nothing but its events of some days.
   *
   * @return in the order in which they happened
   */
  public static ImmutableList<HeldEvent> events(SimulatedAccount account, DataInterval days) {
    AccountSimulation simulation = new AccountSimulation(account, days, false);
    EventCollector collector = new EventCollector(simulation);
    Map<Tally, Long> totals = new HashMap<>();
    for (long range : simulation.ranges()) {
      simulation.simulate(
          range, collector, tally -> totals.merge(tally.getKey(), tally.getValue(), Long::sum));
    }
    simulation.simulateAccount(totals, collector);
    return ImmutableList.sortedCopyOf(Comparator.comparing(HeldEvent::created), collector.events);
  }

  /** An event, already rendered. */
  public static final class HeldEvent {
    private final String id;
    private final Instant created;
    private final String type;
    private final byte[] json;

    private HeldEvent(Announcement event) {
      JsonBytes text = new JsonBytes();
      event.writeTo(text);
      this.id = event.id();
      this.created = event.snapshot().at();
      this.type = event.type();
      this.json = text.toByteArray();
    }

    public String id() {
      return id;
    }

    public Instant created() {
      return created;
    }

    public String type() {
      return type;
    }

    /** The event as the API returns it; not to be changed. */
    public byte[] json() {
      return json;
    }
  }

  /** An object in all its states; the first may be older than the account was asked for. */
  public static final class HeldObject {
    private final List<Snapshot<?>> states = new ArrayList<>(1);
    private final ThreadLocal<StripeJson> writers;

    private HeldObject(ThreadLocal<StripeJson> writers) {
      this.writers = writers;
    }

    public String id() {
      return states.get(0).id();
    }

    /** What Stripe calls it in {@code object}. */
    public String type() {
      return StripeJson.typeOf(states.get(0).table());
    }

    public int states() {
      return states.size();
    }

    /** When it came into a state. */
    public Instant since(int state) {
      return states.get(state).at();
    }

    /** The value of a column of its raw table; null if it has none. */
    public @Nullable Object value(int state, String column) {
      return value(states.get(state), column);
    }

    public boolean deleted(int state) {
      return states.get(state).row() instanceof Customer customer
          && Boolean.TRUE.equals(customer.getDeleted());
    }

    /** The object as the API returns it. */
    public byte[] json(int state) {
      Snapshot<?> snapshot = states.get(state);
      JsonBytes json = new JsonBytes();
      writers.get().write(snapshot.table(), snapshot.row(), snapshot.related(), json);
      return json.toByteArray();
    }

    private void add(Snapshot<?> snapshot, Instant since) {
      if (!states.isEmpty() && isReplaced(states.get(states.size() - 1), snapshot, since)) {
        states.set(states.size() - 1, snapshot);
      } else {
        states.add(snapshot);
      }
    }

    private static boolean isReplaced(Snapshot<?> last, Snapshot<?> next, Instant since) {
      return !next.at().isAfter(since) || next.at().equals(last.at());
    }

    private static <T> @Nullable Object value(Snapshot<T> snapshot, String column) {
      WarehouseTable<T> table = snapshot.table();
      RowCodec<T> codec = RowCodec.of(table.rowClass());
      return codec.schema().hasField(column)
          ? codec.get(snapshot.row(), codec.schema().indexOf(column))
          : null;
    }
  }

  private static final class Collector implements HistoryCollector {
    private final AccountSimulation simulation;
    private final Instant since;
    private final ThreadLocal<StripeJson> writers;
    private final List<HeldObject> objects = new ArrayList<>();
    private final List<HeldEvent> events = new ArrayList<>();

    Collector(AccountSimulation simulation, Instant since) {
      this.simulation = simulation;
      this.since = since;
      Map<String, Object> constants = simulation.population().constants();
      this.writers = ThreadLocal.withInitial(() -> new StripeJson(constants));
    }

    @Override
    public void collect(Consumer<Recorder> history) {
      Map<String, HeldObject> held = new LinkedHashMap<>();
      Recorder states =
          snapshot ->
              held.computeIfAbsent(snapshot.id(), id -> new HeldObject(writers))
                  .add(snapshot, since);
      EventLog log =
          new EventLog(
              simulation.population(), simulation.json(), recentDays(), this::keepIfRecent);
      history.accept(states.and(log));
      objects.addAll(held.values());
    }

    /** Renders no event of a day that is not wanted. */
    private DataInterval recentDays() {
      DataInterval all = simulation.interval();
      LocalDate first = LocalDate.ofInstant(since, simulation.population().account().zone());
      return first.isBefore(all.from()) || !first.isBefore(all.to())
          ? all
          : DataInterval.of(first, all.to());
    }

    private void keepIfRecent(Announcement event) {
      if (!event.snapshot().at().isBefore(since)) {
        events.add(new HeldEvent(event));
      }
    }

    @Override
    public void collect(MarketingSpend spend) {
      // Known to no billing system.
    }

    @Override
    public void collect(CustomerTruth truth) {
      // Known to the simulation alone.
    }
  }

  private static final class EventCollector implements HistoryCollector {
    private final AccountSimulation simulation;
    private final List<HeldEvent> events = new ArrayList<>();

    EventCollector(AccountSimulation simulation) {
      this.simulation = simulation;
    }

    @Override
    public void collect(Consumer<Recorder> history) {
      history.accept(
          new EventLog(
              simulation.population(),
              simulation.json(),
              simulation.interval(),
              event -> events.add(new HeldEvent(event))));
    }

    @Override
    public void collect(MarketingSpend spend) {
      // Known to no billing system.
    }

    @Override
    public void collect(CustomerTruth truth) {
      // Known to the simulation alone.
    }
  }
}
