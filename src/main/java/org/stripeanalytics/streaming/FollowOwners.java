package org.stripeanalytics.streaming;

import com.google.common.collect.ImmutableList;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.InstantCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Duration;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.intermediate.FindOwners;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Gives changes their customers as they come, by the rules of {@link FindOwners}. A change that
 * names nobody waits for the object that does: payments of invoices, refunds and disputes for their
 * invoice or charge, which may come after them or may have come long ago; then the warehouse is
 * asked, once for each object.
 *
 * <p>Unbounded, in the global window.
 */
public final class FollowOwners extends PTransform<PCollection<Arrival>, PCollection<Arrival>> {
  /** What earlier runs have stored of an object's owner. */
  public interface StoredOwners extends Serializable {
    /** Nothing is stored. */
    StoredOwners NONE = object -> Optional.empty();

    Optional<ObjectOwner> of(String object);

    /** Those of a warehouse. */
    static StoredOwners in(Warehouse warehouse) {
      return object ->
          warehouse
              .list(TableRead.of(Tables.OBJECT_OWNERS).having("object_id", List.of(object)))
              .stream()
              .findFirst();
    }
  }

  private static final TupleTag<Arrival> PASSING = new TupleTag<>() {};
  private static final TupleTag<KV<String, Arrival>> MEETING = new TupleTag<>() {};

  private final Instant from;
  private final StoredOwners stored;
  private final PCollection<Arrival> known;

  private FollowOwners(Instant from, StoredOwners stored, PCollection<Arrival> known) {
    this.from = from;
    this.stored = stored;
    this.known = known;
  }

  /**
   * @param from first instant of the first open month
   * @param known changes of the open months that a warehouse had, with their customers: they are
   *     asked, and do not come out
   */
  static FollowOwners among(Instant from, StoredOwners stored, PCollection<Arrival> known) {
    return new FollowOwners(from, stored, known);
  }

  @Override
  public PCollection<Arrival> expand(PCollection<Arrival> arrivals) {
    PCollectionTuple sorted =
        arrivals.apply(
            "AskOrPass",
            ParDo.of(new AskFn(EpochMicros.of(from), true))
                .withOutputTags(PASSING, TupleTagList.of(MEETING)));
    PCollectionTuple claimed =
        known.apply(
            "Claim",
            ParDo.of(new AskFn(EpochMicros.of(from), false))
                .withOutputTags(PASSING, TupleTagList.of(MEETING)));
    KvCoder<String, Arrival> coder = KvCoder.of(StringUtf8Coder.of(), RowCoder.of(Arrival.class));
    claimed.get(PASSING).setCoder(RowCoder.of(Arrival.class));
    sorted.get(PASSING).setCoder(RowCoder.of(Arrival.class));
    PCollection<Arrival> answered =
        PCollectionList.of(sorted.get(MEETING).setCoder(coder))
            .and(claimed.get(MEETING).setCoder(coder))
            .apply("FlattenMeeting", Flatten.pCollections())
            .apply("MeetByObject", ParDo.of(new MeetFn(EpochMicros.of(from), stored)))
            .setCoder(RowCoder.of(Arrival.class));
    return PCollectionList.of(sorted.get(PASSING))
        .and(answered)
        .apply("FlattenOwned", Flatten.pCollections());
  }

  /** Sends each change to the objects that it asks or answers for; others pass by. */
  private static final class AskFn extends DoFn<Arrival, Arrival> {
    private final long fromMicros;
    private final boolean isNew;

    AskFn(long fromMicros, boolean isNew) {
      this.fromMicros = fromMicros;
      this.isNew = isNew;
    }

    @ProcessElement
    public void sort(@Element Arrival arrival, MultiOutputReceiver output) {
      Change change = arrival.getChange();
      String asked = FindOwners.asks(change, EpochMicros.toInstant(fromMicros));
      String claimed = FindOwners.claims(change);
      if (isNew && asked == null) {
        output.get(PASSING).output(arrival);
      } else if (isNew) {
        output.get(MEETING).output(KV.of(asked, arrival));
      }
      if (claimed != null && !isNew) {
        // What a warehouse had came at the beginning of time.
        output
            .get(MEETING)
            .outputWithTimestamp(KV.of(claimed, arrival), EventTime.of(change.changedAt()));
      } else if (claimed != null && !claimed.equals(asked)) {
        output.get(MEETING).output(KV.of(claimed, arrival));
      }
    }
  }

  private static final class MeetFn extends DoFn<KV<String, Arrival>, Arrival> {
    /** Disputes come late, but by then the warehouse knows the charge. */
    private static final Duration REMEMBERED = Duration.standardDays(35);

    @StateId("customer")
    private final StateSpec<ValueState<String>> customerSpec =
        StateSpecs.value(StringUtf8Coder.of());

    @StateId("stored")
    private final StateSpec<ValueState<ObjectOwner>> storedSpec =
        StateSpecs.value(RowCoder.of(ObjectOwner.class));

    @StateId("asked")
    private final StateSpec<ValueState<Boolean>> askedSpec = StateSpecs.value(BooleanCoder.of());

    @StateId("waiting")
    private final StateSpec<BagState<Arrival>> waitingSpec =
        StateSpecs.bag(RowCoder.of(Arrival.class));

    @StateId("latest")
    private final StateSpec<ValueState<org.joda.time.Instant>> latestSpec =
        StateSpecs.value(InstantCoder.of());

    @TimerId("forget")
    private final TimerSpec forgetSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    private final long fromMicros;
    private final StoredOwners owners;

    MeetFn(long fromMicros, StoredOwners owners) {
      this.fromMicros = fromMicros;
      this.owners = owners;
    }

    @ProcessElement
    public void meet(
        @Element KV<String, Arrival> element,
        @Timestamp org.joda.time.Instant at,
        @StateId("customer") ValueState<String> customer,
        @StateId("stored") ValueState<ObjectOwner> stored,
        @StateId("asked") ValueState<Boolean> hasAsked,
        @StateId("waiting") BagState<Arrival> waiting,
        @StateId("latest") ValueState<org.joda.time.Instant> latest,
        @TimerId("forget") Timer forget,
        OutputReceiver<Arrival> output) {
      Arrival arrival = element.getValue();
      String object = element.getKey();
      org.joda.time.Instant before = latest.read();
      latest.write(before == null || before.isBefore(at) ? at : before);
      forget.withNoOutputTimestamp().set(latest.read().plus(REMEMBERED));
      if (object.equals(FindOwners.claims(arrival.getChange())) && customer.read() == null) {
        customer.write(arrival.getChange().getCustomerId());
        for (Arrival waited : ImmutableList.copyOf(waiting.read())) {
          output.output(owned(waited, customer.read(), stored.read()));
        }
        waiting.clear();
      }
      if (!object.equals(FindOwners.asks(arrival.getChange(), EpochMicros.toInstant(fromMicros)))) {
        return;
      }
      boolean isOfSomebody = arrival.getChange().isOfSomebody();
      if ((customer.read() == null || isOfSomebody) && hasAsked.read() == null) {
        hasAsked.write(true);
        owners.of(object).ifPresent(stored::write);
      }
      Arrival owned = owned(arrival, customer.read(), stored.read());
      if (owned.getChange().isOfSomebody()) {
        output.output(owned);
      } else {
        waiting.add(arrival);
      }
    }

    @OnTimer("forget")
    public void forget(
        @StateId("customer") ValueState<String> customer,
        @StateId("stored") ValueState<ObjectOwner> stored,
        @StateId("asked") ValueState<Boolean> hasAsked,
        @StateId("waiting") BagState<Arrival> waiting,
        @StateId("latest") ValueState<org.joda.time.Instant> latest) {
      latest.clear();
      customer.clear();
      stored.clear();
      hasAsked.clear();
      waiting.clear();
    }

    private static Arrival owned(
        Arrival arrival, @Nullable String customer, @Nullable ObjectOwner stored) {
      String owner = customer != null || stored == null ? customer : stored.getCustomerId();
      Change owned = arrival.getChange().ownedBy(owner);
      return arrival.with(stored == null ? owned : owned.withOrigin(stored));
    }
  }
}
