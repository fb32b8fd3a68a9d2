package org.stripeanalytics.fold;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.stripeanalytics.fold.Snapshots.SubscriptionBuilder;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.state.CustomerStates;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.model.DataInterval;

/** Folds hand-made changes without a pipeline. */
public final class Timelines {
  /** Three years that hold every hand-made history. */
  public static final DataInterval YEARS =
      DataInterval.of(Snapshots.day("2023-01-01"), Snapshots.day("2026-01-01"));

  /** The timeline of {@code cus_1}. */
  public static CustomerTimeline of(SubscriptionBuilder... subscriptions) {
    return of(Snapshots.CATALOG, MetricPolicies.defaults(), subscriptions);
  }

  public static CustomerTimeline of(
      Catalog catalog, MetricPolicies policies, SubscriptionBuilder... subscriptions) {
    List<Change> changes = new ArrayList<>();
    for (SubscriptionBuilder subscription : subscriptions) {
      changes.addAll(subscription.changes());
    }
    return of(catalog, policies, changes);
  }

  public static CustomerTimeline of(
      Catalog catalog, MetricPolicies policies, List<Change> changes) {
    return new CustomerFold(catalog, policies)
        .fold("cus_1", CustomerStates.EMPTY, changes, YEARS)
        .timeline();
  }

  /** A timeline per customer of the changes. */
  public static List<CustomerTimeline> perCustomer(Collection<Change> changes) {
    CustomerFold fold = new CustomerFold(Snapshots.CATALOG, MetricPolicies.defaults());
    List<CustomerTimeline> timelines = new ArrayList<>();
    changes.stream()
        .collect(groupingBy(Change::customerId, TreeMap::new, java.util.stream.Collectors.toList()))
        .forEach(
            (customer, own) ->
                timelines.add(fold.fold(customer, CustomerStates.EMPTY, own, YEARS).timeline()));
    return timelines;
  }

  private Timelines() {}
}
