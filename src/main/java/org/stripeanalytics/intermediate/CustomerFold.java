package org.stripeanalytics.intermediate;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.intermediate.CustomerState.FirstSubscription;
import org.stripeanalytics.intermediate.CustomerState.SubscriptionState;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.SubscriptionSpell;
import org.stripeanalytics.model.raw.MetadataEntry;
import org.stripeanalytics.model.raw.SubscriptionItem;

/**
 * The heart of the product: {@code (state, changes) → (state, timeline)}, for one customer and one
 * interval, in plain Java. A full refresh folds from {@link CustomerState#EMPTY}; folding
 * consecutive intervals one after the other gives the same spells and the same days of MRR as
 * folding them at once.
 */
final class CustomerFold {
  private final Catalog catalog;
  private final ZoneId zone;
  private final SpellBuilder spellBuilder;

  CustomerFold(Catalog catalog, MetricPolicies policies) {
    this.catalog = catalog;
    this.zone = policies.reportingZone();
    this.spellBuilder = new SpellBuilder(catalog, policies);
  }

  /** The state at the interval's end, and what happened in it. */
  record Folded(CustomerState state, CustomerTimeline timeline) {}

  /**
   * @param state at the interval's start
   * @param changes of the interval, in any order; later ones are left for a later fold
   */
  Folded fold(String customerId, CustomerState state, List<Change> changes, DataInterval interval) {
    Instant end = Days.start(interval.to(), zone);
    List<Change> ordered =
        changes.stream()
            .filter(change -> change.changedAt().isBefore(end))
            .sorted(Change.IN_TIME_ORDER)
            .toList();
    List<CustomerSnapshot> customers =
        concat(state.customer(), ordered.stream().map(Change::getCustomer));
    CustomerContext context =
        new CustomerContext(
            customers,
            Stream.concat(
                    state.invoices().stream(),
                    ordered.stream().map(Change::getInvoice).filter(Objects::nonNull))
                .toList());
    Map<String, List<SubscriptionSnapshot>> subscriptions =
        ordered.stream()
            .map(Change::getSubscription)
            .filter(Objects::nonNull)
            .collect(groupingBy(SubscriptionSnapshot::getId, TreeMap::new, toList()));

    ImmutableList.Builder<SubscriptionSpell> spells = ImmutableList.builder();
    ImmutableMap.Builder<String, SubscriptionState> open = ImmutableMap.builder();
    for (String id : union(state.subscriptions().keySet(), subscriptions.keySet())) {
      foldSubscription(
              state.subscriptions().get(id),
              subscriptions.getOrDefault(id, List.of()),
              context,
              interval)
          .ifPresent(
              folded -> {
                spells.addAll(folded.spells());
                open.put(id, folded.state());
              });
    }

    String country = firstCountry(state.country(), customers);
    FirstSubscription first = firstSubscription(state.first(), subscriptions);
    CustomerTimeline timeline =
        CustomerTimeline.builder()
            .setCustomerId(customerId)
            .setFrom(interval.from())
            .setTo(interval.to())
            .setSegments(segments(country, customers, first))
            .setCustomerVersions(customers)
            .setSpells(spells.build())
            .setOpening(state.opening())
            .build();
    CustomerState next =
        new CustomerState(
            customers.isEmpty() ? null : customers.get(customers.size() - 1),
            country,
            first,
            open.buildOrThrow(),
            newestInvoices(context.invoiceVersions()),
            closing(timeline));
    return new Folded(next, timeline);
  }

  private record FoldedSubscription(List<SubscriptionSpell> spells, SubscriptionState state) {}

  /** Empty for a subscription whose first hold lies beyond the interval. */
  private Optional<FoldedSubscription> foldSubscription(
      @Nullable SubscriptionState before,
      List<SubscriptionSnapshot> versions,
      CustomerContext context,
      DataInterval interval) {
    Instant end = Days.start(interval.to(), zone);
    List<SubscriptionHold> holds = new ArrayList<>();
    if (before == null) {
      holds.addAll(SubscriptionHold.ofAll(versions));
    } else {
      SubscriptionHold last = before.hold();
      holds.add(
          new SubscriptionHold(Days.start(interval.from(), zone), last.status(), last.version()));
      holds.addAll(SubscriptionHold.ofLater(versions));
    }
    List<SubscriptionSpell> spells =
        spellBuilder.spells(before == null ? null : before.spell(), holds, context, end);
    if (spells.isEmpty()) {
      return Optional.empty();
    }
    SubscriptionHold lasting =
        holds.stream()
            .filter(hold -> hold.from().isBefore(end))
            .reduce((earlier, later) -> later)
            .orElseThrow();
    return Optional.of(
        new FoldedSubscription(
            spells, new SubscriptionState(lasting, spells.get(spells.size() - 1))));
  }

  private CustomerSegments segments(
      @Nullable String country,
      List<CustomerSnapshot> customers,
      @Nullable FirstSubscription first) {
    return CustomerSegments.of(
        country == null ? Catalog.UNKNOWN : country,
        catalog.region(country),
        customers.stream().flatMap(CustomerFold::channel).findFirst().orElse(Catalog.UNKNOWN),
        first == null ? "none" : first.plan());
  }

  private static Stream<String> channel(CustomerSnapshot customer) {
    return customer.getMetadata().stream()
        .filter(entry -> entry.getKey().equals("channel"))
        .map(MetadataEntry::getValue);
  }

  private static @Nullable String firstCountry(
      @Nullable String known, List<CustomerSnapshot> customers) {
    return known != null
        ? known
        : customers.stream()
            .filter(customer -> customer.getAddress() != null)
            .map(customer -> customer.getAddress().getCountry())
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
  }

  private @Nullable FirstSubscription firstSubscription(
      @Nullable FirstSubscription known, Map<String, List<SubscriptionSnapshot>> subscriptions) {
    return Stream.concat(
            Stream.ofNullable(known),
            subscriptions.values().stream().map(versions -> first(versions.get(0))))
        .min(FirstSubscription.EARLIEST_FIRST)
        .orElse(null);
  }

  private FirstSubscription first(SubscriptionSnapshot version) {
    String plan =
        version.getItems().stream()
            .findFirst()
            .map(SubscriptionItem::getPrice)
            .map(price -> catalog.plan(price.getProduct()))
            .orElse(Catalog.UNKNOWN);
    return new FirstSubscription(version.getCreated(), version.getId(), plan);
  }

  private static ImmutableList<InvoiceSnapshot> newestInvoices(List<InvoiceSnapshot> versions) {
    Map<String, InvoiceSnapshot> bySubscription = new TreeMap<>();
    for (InvoiceSnapshot version : versions) {
      if (version.getParent() != null && version.getParent().getSubscription() != null) {
        bySubscription.merge(
            version.getParent().getSubscription(), version, CustomerFold::newerInvoice);
      }
    }
    return ImmutableList.copyOf(bySubscription.values());
  }

  /** The invoice created later, and of the same invoice the later version. */
  private static InvoiceSnapshot newerInvoice(InvoiceSnapshot known, InvoiceSnapshot next) {
    boolean older =
        next.getCreated().isBefore(known.getCreated())
            || (next.getCreated().equals(known.getCreated())
                && next.getId().compareTo(known.getId()) < 0);
    return older ? known : next;
  }

  private OpeningMrr closing(CustomerTimeline timeline) {
    OpeningMrr opening = timeline.getOpening();
    List<DailyMrr.Day> days = DailyMrr.of(timeline, zone);
    List<MonthEndMrr.Month> months = MonthEndMrr.of(timeline, zone);
    return OpeningMrr.of(
        days.isEmpty() ? opening.getLevel() : days.get(days.size() - 1).after(),
        opening.getHadMrr() || days.stream().anyMatch(day -> day.after().getArr() > 0),
        months.isEmpty() ? opening.getMonthEndArr() : months.get(months.size() - 1).after(),
        opening.getHadMonthEndMrr() || months.stream().anyMatch(month -> month.after() > 0));
  }

  private static List<CustomerSnapshot> concat(
      @Nullable CustomerSnapshot first, Stream<CustomerSnapshot> rest) {
    return Stream.concat(Stream.ofNullable(first), rest.filter(Objects::nonNull)).toList();
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> union = new TreeSet<>(a);
    union.addAll(b);
    return union;
  }
}
