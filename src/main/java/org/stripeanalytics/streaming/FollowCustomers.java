package org.stripeanalytics.streaming;

import com.google.common.collect.ImmutableList;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.marts.LiveContribution;
import org.stripeanalytics.marts.LiveContribution.LiveContributionCoder;
import org.stripeanalytics.marts.LiveSums;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.streaming.CustomerArrivals.CustomerArrivalsCoder;

/**
 * Folds a customer again whenever something of it changes, and at each midnight, because some
 * figures change with the day alone; emits what that adds to the live marts, with a time in the
 * month that it is added to. State, by customer: the state at the end of the last closed month,
 * every change since then, and what was added already.
 *
 * <p>Input: unbounded, in the global window, by customer; what a warehouse knew of a customer comes
 * as one element, and what that adds is taken as added. Output: in the global window.
 */
final class FollowCustomers
    extends PTransform<
        PCollection<KV<String, CustomerArrivals>>,
        PCollection<KV<LiveContribution.Part, LiveSums<?>>>> {
  private static final java.time.Duration CLOCKS_DIFFER = java.time.Duration.ofHours(1);

  private final LocalDate month;
  private final LocalDate asOf;
  private final MetricPolicies policies;
  private final CatalogSource catalog;
  private final Clock clock;

  private FollowCustomers(
      LocalDate month,
      LocalDate asOf,
      MetricPolicies policies,
      CatalogSource catalog,
      Clock clock) {
    this.month = month;
    this.asOf = asOf;
    this.policies = policies;
    this.catalog = catalog;
    this.clock = clock;
  }

  /**
   * @param month first of the first open month
   * @param asOf first day that the warehouse does not know
   * @param clock no midnight is later
   */
  static FollowCustomers since(
      LocalDate month,
      LocalDate asOf,
      MetricPolicies policies,
      CatalogSource catalog,
      Clock clock) {
    return new FollowCustomers(month, asOf, policies, catalog, clock);
  }

  /** Of the input. */
  static Coder<KV<String, CustomerArrivals>> inputCoder() {
    return KvCoder.of(StringUtf8Coder.of(), new CustomerArrivalsCoder());
  }

  @Override
  public PCollection<KV<LiveContribution.Part, LiveSums<?>>> expand(
      PCollection<KV<String, CustomerArrivals>> customers) {
    return customers
        .apply("FoldAgain", ParDo.of(new FoldFn(month, asOf, policies, catalog, clock)))
        .setCoder(SumByMonth.coder());
  }

  private static final class FoldFn
      extends DoFn<KV<String, CustomerArrivals>, KV<LiveContribution.Part, LiveSums<?>>> {
    @StateId("month")
    private final StateSpec<ValueState<Long>> monthSpec = StateSpecs.value(VarLongCoder.of());

    @StateId("asOf")
    private final StateSpec<ValueState<Long>> asOfSpec = StateSpecs.value(VarLongCoder.of());

    @StateId("arrivals")
    private final StateSpec<ValueState<List<Arrival>>> arrivalsSpec =
        StateSpecs.value(ListCoder.of(RowCoder.of(Arrival.class)));

    @StateId("contribution")
    private final StateSpec<ValueState<LiveContribution>> contributionSpec =
        StateSpecs.value(new LiveContributionCoder());

    @StateId("customer")
    private final StateSpec<ValueState<String>> customerSpec =
        StateSpecs.value(StringUtf8Coder.of());

    @TimerId("midnight")
    private final TimerSpec midnightSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    private final LocalDate month;
    private final LocalDate asOf;
    private final MetricPolicies policies;
    private final CatalogSource catalog;
    private final Clock clock;
    private transient RefreshedCatalog refreshed;

    FoldFn(
        LocalDate month,
        LocalDate asOf,
        MetricPolicies policies,
        CatalogSource catalog,
        Clock clock) {
      this.month = month;
      this.asOf = asOf;
      this.policies = policies;
      this.catalog = catalog;
      this.clock = clock;
    }

    /** What is emitted of a month may be older than what brought it about. */
    @Override
    @SuppressWarnings("deprecation")
    public Duration getAllowedTimestampSkew() {
      return Duration.millis(Long.MAX_VALUE);
    }

    @Setup
    public void setup() {
      refreshed = new RefreshedCatalog(catalog, policies);
    }

    @ProcessElement
    public void process(
        @Element KV<String, CustomerArrivals> element,
        @Timestamp Instant at,
        @StateId("customer") ValueState<String> id,
        @StateId("month") ValueState<Long> since,
        @StateId("asOf") ValueState<Long> until,
        @StateId("arrivals") ValueState<List<Arrival>> arrivals,
        @StateId("contribution") ValueState<LiveContribution> contribution,
        @TimerId("midnight") Timer midnight,
        OutputReceiver<KV<LiveContribution.Part, LiveSums<?>>> output) {
      ZoneId zone = policies.frame().zone();
      LiveCustomer before =
          read(element.getKey(), since.read(), until.read(), arrivals.read(), contribution.read());
      LiveCustomer now =
          before.with(element.getValue().arrivals(), zone).folded(refreshed::fold, zone);
      LiveContribution summed = element.getValue().summed();
      if (summed == null) {
        emit(now, before.contribution(), at.getMillis(), output);
      } else {
        emit(now, before.contribution().plus(summed), LiveSums.NO_EVENT, output);
      }
      id.write(element.getKey());
      write(now, since, until, arrivals, contribution, midnight);
    }

    @OnTimer("midnight")
    public void midnight(
        OnTimerContext context,
        @StateId("customer") ValueState<String> id,
        @StateId("month") ValueState<Long> since,
        @StateId("asOf") ValueState<Long> until,
        @StateId("arrivals") ValueState<List<Arrival>> arrivals,
        @StateId("contribution") ValueState<LiveContribution> contribution,
        @TimerId("midnight") Timer midnight,
        OutputReceiver<KV<LiveContribution.Part, LiveSums<?>>> output) {
      ZoneId zone = policies.frame().zone();
      if (isYetToCome(context.fireTimestamp())) {
        return;
      }
      LiveCustomer before =
          read(id.read(), since.read(), until.read(), arrivals.read(), contribution.read());
      LocalDate today = LocalDate.ofInstant(EventTime.toInstant(context.fireTimestamp()), zone);
      LiveCustomer now = before.on(today).folded(refreshed::fold, zone);
      emit(now, before.contribution(), LiveSums.NO_EVENT, output);
      write(now, since, until, arrivals, contribution, midnight);
    }

    /** A job that is drained is at the end of time; no midnight of that has to be written. */
    private boolean isYetToCome(Instant time) {
      return EventTime.toInstant(time).isAfter(clock.instant().plus(CLOCKS_DIFFER));
    }

    private LiveCustomer read(
        String id, Long since, Long until, List<Arrival> arrivals, LiveContribution contribution) {
      if (since == null) {
        return LiveCustomer.unknown(id, month, asOf);
      }
      Map<String, Arrival> bySlot = new TreeMap<>();
      Optional.ofNullable(arrivals)
          .orElse(ImmutableList.of())
          .forEach(arrival -> bySlot.put(arrival.slot(), arrival));
      return new LiveCustomer(
          id, LocalDate.ofEpochDay(since), LocalDate.ofEpochDay(until), bySlot, contribution);
    }

    private void write(
        LiveCustomer now,
        ValueState<Long> since,
        ValueState<Long> until,
        ValueState<List<Arrival>> arrivals,
        ValueState<LiveContribution> contribution,
        Timer midnight) {
      since.write(now.month().toEpochDay());
      until.write(now.asOf().toEpochDay());
      arrivals.write(ImmutableList.copyOf(now.arrivals().values()));
      contribution.write(now.contribution());
      midnight.set(EventTime.start(now.asOf(), policies.frame().zone()));
    }

    private void emit(
        LiveCustomer now,
        LiveContribution before,
        long event,
        OutputReceiver<KV<LiveContribution.Part, LiveSums<?>>> output) {
      now.contribution()
          .since(before.from(now.month()), event)
          .parts()
          .forEach(
              (part, change) ->
                  output.outputWithTimestamp(
                      KV.of(part, change),
                      EventTime.lastOf(part.month(), policies.frame().zone())));
    }
  }
}
