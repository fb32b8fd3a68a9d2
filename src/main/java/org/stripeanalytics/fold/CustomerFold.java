package org.stripeanalytics.fold;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSortedSet.toImmutableSortedSet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.billing.ListPrice;
import org.stripeanalytics.fold.billing.Settlements;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.changes.ChangeLog;
import org.stripeanalytics.fold.changes.SubscriptionSnapshot;
import org.stripeanalytics.fold.state.CustomerState;
import org.stripeanalytics.fold.state.CustomerStates;
import org.stripeanalytics.fold.state.SubscriptionState;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.timeline.CustomerSegments;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.fold.timeline.DescribedSubscription;
import org.stripeanalytics.fold.timeline.MrrHistory;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.SurrogateKey;
import org.stripeanalytics.model.intermediate.CustomerMilestones;
import org.stripeanalytics.model.raw.ItemPrice;

/**
 * The heart of the product: {@code (state, changes) → (state, timeline)}, for one customer and one
 * interval, in plain Java. A full refresh folds from {@link CustomerStates#EMPTY}; folding
 * consecutive intervals one after the other gives the same rows of every table as folding them at
 * once.
 */
public final class CustomerFold {
  private final Catalog catalog;
  private final MetricPolicies policies;
  private final ZoneId zone;
  private final SubscriptionFold subscriptionFold;
  private final ListPrice listPrice;

  /**
   * A fold for any customer of an account.
   *
   * @param catalog of the account, as of the end of the interval
   */
  public CustomerFold(Catalog catalog, MetricPolicies policies) {
    this.catalog = catalog;
    this.policies = policies;
    this.zone = policies.frame().zone();
    this.subscriptionFold = new SubscriptionFold(catalog, policies);
    this.listPrice = new ListPrice(catalog);
  }

  /** The state at the interval's end, and what happened in it. */
  public record Folded(CustomerState state, CustomerTimeline timeline) {}

  /**
   * @param state at the interval's start
   * @param changes of the interval, in any order; later ones are left for a later fold
   */
  public Folded fold(
      String customerId, CustomerState state, Collection<Change> changes, DataInterval interval) {
    Instant from = Days.start(interval.from(), zone);
    ChangeLog log = ChangeLog.of(changes).before(Days.start(interval.to(), zone));
    CustomerProfile profile = CustomerProfile.of(state, log, catalog);
    CustomerSegments segments = profile.segments(catalog);
    List<SubscriptionFold.Folded> subscriptions = subscriptions(state, log, profile, interval);
    BillingFold billing = new BillingFold(state, log, from, catalog, policies.frame());
    AftermathFold aftermath = new AftermathFold(state, log, billing);
    RevenueComparison comparison =
        new RevenueComparison(
            state, log.invoices(), subscriptions, listPrice, catalog, policies.frame());

    CustomerTimeline timeline =
        CustomerTimeline.builder()
            .setCustomerId(customerId)
            .setFrom(interval.from())
            .setTo(interval.to())
            .setSegments(segments)
            .setSegmentsSince(profile.segmentsSince())
            .setCustomerSpells(profile.spells())
            .setVersionStarts(profile.versionStarts())
            .setSignedUpAt(signedUpAt(state, profile))
            .setSpells(
                subscriptions.stream()
                    .flatMap(folded -> folded.spells().stream())
                    .collect(toImmutableList()))
            .setSubscriptions(
                log.subscriptions().values().stream()
                    .map(versions -> described(versions.get(versions.size() - 1)))
                    .collect(toImmutableList()))
            .setKnownSubscriptions(
                subscriptions.stream().map(SubscriptionFold.Folded::id).collect(toImmutableList()))
            .setCountedBefore(
                state.getSubscriptions().stream()
                    .filter(SubscriptionState::getWasCounted)
                    .map(known -> known.getVersion().getId())
                    .collect(toImmutableList()))
            .setOpening(state.getOpening())
            .setInvoices(billing.invoices())
            .setSettlements(
                billing.settlements().stream()
                    .map(settlement -> Settlements.in(segments, settlement))
                    .map(comparison::in)
                    .collect(toImmutableList()))
            .setAttempts(billing.attempts())
            .setRefunds(aftermath.refunds())
            .setDisputes(aftermath.disputes())
            .setCheckpoints(ImmutableList.of())
            .setLateChanges(
                LateChanges.of(state, log, subscriptions, aftermath, from, policies.frame()))
            .build();

    Walk walk =
        new Walk(
            state,
            log,
            subscriptions,
            billing,
            comparison,
            aftermath,
            MrrHistory.of(timeline, zone));
    CustomerState next = walk.stateAt(interval.to());
    return new Folded(
        next,
        timeline.toBuilder()
            .setMilestones(walk.milestonesAt(interval.to(), profile))
            .setCheckpoints(
                Checkpoints.of(
                    customerId, state, interval, walk.monthsOfChange(interval), walk::stateAt))
            .build());
  }

  private List<SubscriptionFold.Folded> subscriptions(
      CustomerState state, ChangeLog log, CustomerProfile profile, DataInterval interval) {
    CustomerContext context = CustomerContext.of(state, log, profile);
    Map<String, SubscriptionState> before = new TreeMap<>();
    state.getSubscriptions().forEach(known -> before.put(known.getVersion().getId(), known));
    Set<String> ids = new TreeSet<>(before.keySet());
    ids.addAll(log.subscriptions().keySet());
    List<SubscriptionFold.Folded> folded = new ArrayList<>();
    for (String id : ids) {
      List<SubscriptionSnapshot> versions =
          log.subscriptions().getOrDefault(id, ImmutableList.of());
      folded.add(subscriptionFold.fold(id, before.get(id), versions, context, interval));
    }
    return folded;
  }

  private DescribedSubscription described(SubscriptionSnapshot version) {
    ItemPrice price = version.getItems().isEmpty() ? null : version.getItems().get(0).getPrice();
    String product = price == null ? null : price.getProduct();
    String priceId = price == null ? null : price.getId();
    return DescribedSubscription.builder()
        .setVersion(version)
        .setPlan(product == null ? Catalog.UNKNOWN : catalog.plan(product))
        .setProductKey(SurrogateKey.orUnknown(product, catalog.knowsProduct(product)))
        .setPriceKey(SurrogateKey.orUnknown(priceId, catalog.knowsPrice(priceId)))
        .build();
  }

  private static @Nullable Instant signedUpAt(CustomerState state, CustomerProfile profile) {
    return state.getCustomer() != null || profile.versions().isEmpty()
        ? null
        : profile.versions().get(0).getCreated();
  }

  /** The customer's state on any day of the interval. */
  private final class Walk {
    private final CustomerState before;
    private final ChangeLog log;
    private final List<SubscriptionFold.Folded> subscriptions;
    private final BillingFold billing;
    private final RevenueComparison comparison;
    private final AftermathFold aftermath;
    private final MrrHistory revenue;
    private final Milestones milestones;

    Walk(
        CustomerState before,
        ChangeLog log,
        List<SubscriptionFold.Folded> subscriptions,
        BillingFold billing,
        RevenueComparison comparison,
        AftermathFold aftermath,
        MrrHistory revenue) {
      this.before = before;
      this.log = log;
      this.subscriptions = subscriptions;
      this.billing = billing;
      this.comparison = comparison;
      this.aftermath = aftermath;
      this.revenue = revenue;
      this.milestones = new Milestones(before, log, revenue, zone);
    }

    /**
     * @param day the first day after
     */
    CustomerState stateAt(LocalDate day) {
      Instant end = Days.start(day, zone);
      ChangeLog known = log.before(end);
      CustomerProfile profile = CustomerProfile.of(before, known, catalog);
      CustomerContext context = CustomerContext.of(before, known, profile);
      CustomerState all =
          CustomerState.builder()
              .setCustomer(profile.remembered())
              .setVersionStarts(profile.versionStarts())
              .setEarlierSpells(profile.earlierSpells())
              .setPaymentMethods(profile.paymentMethods())
              .setCountry(profile.country())
              .setChannel(profile.channel())
              .setFirst(profile.first())
              .setSegmentsSince(profile.segmentsSince())
              .setSubscriptions(
                  subscriptions.stream()
                      .flatMap(folded -> folded.stateAt(end, context, policies).stream())
                      .collect(toImmutableList()))
              .setInvoices(
                  billing.statesAt(end).stream()
                      .map(invoice -> comparison.in(invoice, end))
                      .collect(toImmutableList()))
              .setUndecidedCharges(billing.undecidedAt(end))
              .setRefundsAndDisputes(aftermath.statesAt(end))
              .setTrials(milestones.trialsAt(end).asList())
              .setFirstPayment(milestones.firstPaymentAt(end))
              .setOpening(revenue.openingAt(day))
              .build();
      return StateRetention.at(all, day);
    }

    /**
     * The months at whose end the state may be another than what remains of the one before. The
     * interval's first is among them because of what came late.
     */
    ImmutableSortedSet<LocalDate> monthsOfChange(DataInterval interval) {
      Stream<Instant> instants =
          Stream.concat(
              log.instants(), subscriptions.stream().flatMap(SubscriptionFold.Folded::instants));
      return Stream.of(
              Stream.of(interval.from()),
              instants.map(instant -> Days.of(instant, zone)),
              milestones.daysOfDecision())
          .flatMap(days -> days)
          .map(day -> day.withDayOfMonth(1))
          .collect(toImmutableSortedSet(Comparator.naturalOrder()));
    }

    /** Told by every interval, because what is reached depends on days and not only on changes. */
    @Nullable CustomerMilestones milestonesAt(LocalDate day, CustomerProfile profile) {
      return milestones.at(Days.start(day, zone), profile, profile.segments(catalog));
    }
  }
}
