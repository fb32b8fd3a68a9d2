package org.stripeanalytics.server;

import com.google.common.collect.ImmutableSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.InvoiceParent;
import org.stripeanalytics.synthesis.AccountContents;
import org.stripeanalytics.synthesis.account.SimulatedAccount;

/** A simulated account as the server holds it. */
public final class SimulatedStripe {
  private static final long MICROS_PER_SECOND = 1_000_000;

  /**
   * How late events appear in their list.
   *
   * @param share of the events, from 0 to 1
   * @param most how long after they were created the latest of them appears
   */
  public record LateEvents(double share, Duration most, long seed) {
    public static final LateEvents NONE = new LateEvents(0, Duration.ZERO, 0);
  }

  /**
   * Simulates an account and holds it.
   *
   * @param since the earliest time that the clock may show; states before it are forgotten
   * @param clock the time of the account; what happens after it is not there yet
   */
  public static Account hold(
      SimulatedAccount account, Instant since, Clock clock, LateEvents late) {
    AccountContents contents =
        AccountContents.of(account, since.minus(ObjectLists.EVENT_RETENTION));
    List<AccountObject> objects = new ArrayList<>();
    contents.objects().forEach(object -> objects.add(new SimulatedObject(object)));
    SplittableRandom fate = new SplittableRandom(late.seed());
    for (AccountContents.HeldEvent event : contents.events()) {
      boolean isLate = fate.nextDouble() < late.share();
      long delay = isLate ? 1 + fate.nextLong(late.most().toSeconds()) : 0;
      objects.add(new EventObject(event, event.created().plusSeconds(delay)));
    }
    return new Account(objects, clock);
  }

  private record SimulatedObject(AccountContents.HeldObject held, long created)
      implements AccountObject {

    SimulatedObject(AccountContents.HeldObject held) {
      this(held, createdSecond(held));
    }

    /** Discounts have no such time and no list of their own. */
    private static long createdSecond(AccountContents.HeldObject held) {
      return held.value(0, "created") instanceof Long micros
          ? Math.floorDiv(micros, MICROS_PER_SECOND)
          : held.since(0).getEpochSecond();
    }

    @Override
    public String id() {
      return held.id();
    }

    @Override
    public String type() {
      return held.type();
    }

    @Override
    public boolean isThere(Instant now) {
      return !held.since(0).isAfter(now);
    }

    @Override
    public boolean isDeleted(Instant now) {
      return held.deleted(stateAt(now));
    }

    private int stateAt(Instant now) {
      int state = held.states() - 1;
      while (state > 0 && held.since(state).isAfter(now)) {
        state--;
      }
      return state;
    }

    @Override
    public @Nullable String value(String name, Instant now) {
      return value(name, stateAt(now));
    }

    private @Nullable String value(String name, int state) {
      if (name.equals("subscription") && held.type().equals("invoice")) {
        Object parent = held.value(state, "parent");
        return parent instanceof InvoiceParent from ? from.getSubscription() : null;
      }
      Object value = held.value(state, name);
      return value == null ? null : value.toString();
    }

    @Override
    public Set<String> values(String name) {
      ImmutableSet.Builder<String> values = ImmutableSet.builder();
      for (int state = 0; state < held.states(); state++) {
        String value = value(name, state);
        if (value != null) {
          values.add(value);
        }
      }
      return values.build();
    }

    @Override
    public byte[] json(Instant now) {
      return held.json(stateAt(now));
    }
  }

  private record EventObject(AccountContents.HeldEvent event, Instant visibleFrom)
      implements AccountObject {

    @Override
    public String id() {
      return event.id();
    }

    @Override
    public String type() {
      return "event";
    }

    @Override
    public long created() {
      return event.created().getEpochSecond();
    }

    @Override
    public boolean isThere(Instant now) {
      return !visibleFrom.isAfter(now);
    }

    @Override
    public boolean isDeleted(Instant now) {
      return false;
    }

    @Override
    public @Nullable String value(String name, Instant now) {
      return name.equals("type") ? event.type() : null;
    }

    @Override
    public Set<String> values(String name) {
      return name.equals("type") ? ImmutableSet.of(event.type()) : ImmutableSet.of();
    }

    @Override
    public byte[] json(Instant now) {
      return event.json();
    }
  }

  private SimulatedStripe() {}
}
