package org.stripeanalytics.streaming;

import java.time.Clock;
import java.time.ZoneId;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.joda.time.Duration;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.ingestion.DeliveredRecord;
import org.stripeanalytics.ingestion.FollowRecords;
import org.stripeanalytics.marts.LiveContribution;
import org.stripeanalytics.marts.LiveSums;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.model.streaming.StreamedEvent;
import org.stripeanalytics.model.streaming.StreamedFunnel;
import org.stripeanalytics.model.streaming.StreamedMrr;
import org.stripeanalytics.model.streaming.StreamedPayments;
import org.stripeanalytics.quality.RejectingRun;

/**
 * The live marts of a stream of events, on top of what a warehouse knows. Events may come in any
 * order and any number of times, up to three days after the day on which they happened; the rows of
 * a month are, once all have come, those that {@code transform} computes of the same events.
 *
 * <p>Input: unbounded, each event with the time at which it happened. Output: a row for each state
 * of each row group and month, in windows that are the months.
 */
public final class ComputeLiveMarts
    extends PTransform<PCollection<StreamedEvent>, PCollectionTuple> {
  /** How many days after its own an event may still come. */
  public static final int LATE_DAYS = TakeOnce.LATE_DAYS;

  private final StoredCustomers stored;
  private final MetricPolicies policies;
  private final RejectingRun run;
  private final Duration between;
  private final Clock clock;

  private ComputeLiveMarts(
      StoredCustomers stored,
      MetricPolicies policies,
      RejectingRun run,
      Duration between,
      Clock clock) {
    this.stored = stored;
    this.policies = policies;
    this.run = run;
    this.between = between;
    this.clock = clock;
  }

  /**
   * @param run in whose name records are rejected
   * @param between how long changes are gathered before a row is written again
   * @param clock of the present, which no event is much later than
   */
  public static ComputeLiveMarts on(
      StoredCustomers stored,
      MetricPolicies policies,
      RejectingRun run,
      Duration between,
      Clock clock) {
    return new ComputeLiveMarts(stored, policies, run, between, clock);
  }

  public static PCollection<StreamedMrr> mrr(PCollectionTuple rows) {
    return rows.get(MakeLiveRows.MRR);
  }

  public static PCollection<StreamedPayments> payments(PCollectionTuple rows) {
    return rows.get(MakeLiveRows.PAYMENTS);
  }

  public static PCollection<StreamedFunnel> funnel(PCollectionTuple rows) {
    return rows.get(MakeLiveRows.FUNNEL);
  }

  @Override
  public PCollectionTuple expand(PCollection<StreamedEvent> events) {
    ZoneId zone = policies.frame().zone();
    PCollection<Arrival> known =
        stored
            .changes()
            .apply(
                "KnowStored",
                MapElements.into(TypeDescriptor.of(Arrival.class)).via(Arrival::stored))
            .setCoder(RowCoder.of(Arrival.class));
    PCollection<KV<String, CustomerArrivals>> customers =
        byCustomer("KeyStored", known)
            .apply(
                "FoldStored",
                FoldStored.since(stored.month(), stored.asOf(), policies, stored.catalog()));
    PCollection<KV<LiveContribution.Part, LiveSums<?>>> before =
        customers.apply("SumStored", SumStored.of(policies.frame()));

    PCollection<KV<String, CustomerArrivals>> arrivals =
        byCustomer(
                "KeyArrivals",
                events
                    .apply("NameEvents", MapElements.via(new NameFn()))
                    .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()))
                    .apply("TakeOnce", TakeOnce.in(zone))
                    .apply("AsRecords", MapElements.via(new RecordFn()))
                    .setCoder(RowCoder.of(DeliveredRecord.class))
                    .apply("FollowRecords", FollowRecords.of(zone, run, null, clock))
                    .apply("MakeChanges", MakeChanges.of(policies.frame().livemode()))
                    .apply(
                        "FollowOwners",
                        FollowOwners.among(
                            Days.start(stored.month(), zone), stored.owners(), known)))
            .apply("AsArrivals", MapElements.via(new SingleFn()))
            .setCoder(FollowCustomers.inputCoder());
    PCollection<KV<LiveContribution.Part, LiveSums<?>>> after =
        PCollectionList.of(customers)
            .and(arrivals)
            .apply("FlattenCustomers", Flatten.pCollections())
            .apply(
                "FollowCustomers",
                FollowCustomers.since(
                    stored.month(), stored.asOf(), policies, stored.catalog(), clock))
            .apply("AfterStored", Wait.on(before));
    return PCollectionList.of(before)
        .and(after)
        .apply("FlattenAdded", Flatten.pCollections())
        .apply("SumByMonth", SumByMonth.in(zone, between))
        .apply("MakeLiveRows", MakeLiveRows.of(policies.frame()));
  }

  private static PCollection<KV<String, Arrival>> byCustomer(
      String name, PCollection<Arrival> arrivals) {
    return arrivals
        .apply(
            name,
            WithKeys.of((Arrival arrival) -> arrival.getChange().customerId())
                .withKeyType(TypeDescriptor.of(String.class)))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RowCoder.of(Arrival.class)));
  }

  private static final class NameFn extends SimpleFunction<StreamedEvent, KV<String, String>> {
    @Override
    public KV<String, String> apply(StreamedEvent event) {
      return KV.of(event.getId(), event.getPayload());
    }
  }

  private static final class RecordFn extends SimpleFunction<String, DeliveredRecord> {
    @Override
    public DeliveredRecord apply(String json) {
      return DeliveredRecord.of(json, null, null, null);
    }
  }

  private static final class SingleFn
      extends SimpleFunction<KV<String, Arrival>, KV<String, CustomerArrivals>> {
    @Override
    public KV<String, CustomerArrivals> apply(KV<String, Arrival> arrival) {
      return KV.of(arrival.getKey(), CustomerArrivals.streamed(arrival.getValue()));
    }
  }
}
