package org.stripeanalytics.fold;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.changes.ChangeLog;
import org.stripeanalytics.fold.changes.CustomerSnapshot;
import org.stripeanalytics.fold.changes.PaymentMethodSnapshot;
import org.stripeanalytics.fold.changes.SubscriptionSnapshot;
import org.stripeanalytics.fold.state.CustomerState;
import org.stripeanalytics.fold.state.FirstSubscription;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.timeline.CustomerSegments;
import org.stripeanalytics.fold.timeline.CustomerSpell;
import org.stripeanalytics.fold.timeline.VersionStart;
import org.stripeanalytics.model.raw.Address;
import org.stripeanalytics.model.raw.MetadataEntry;
import org.stripeanalytics.model.raw.SubscriptionItem;

/**
 * Who a customer is: its versions, those of them that open a new spell of its tracked attributes,
 * and where it is counted.
 *
 * @param versions in time order, the one that held before the changes first
 * @param paymentMethods the newest version of each, by id
 * @param spells in time order, beginning with the one that lasted before the changes, or with the
 *     very first as long as segments are not settled
 * @param versionStarts when each spell of the customer's whole life began
 * @param segmentsSince the day from whose end on it is counted where it is; null where nothing of
 *     it is known
 */
record CustomerProfile(
    ImmutableList<CustomerSnapshot> versions,
    ImmutableList<PaymentMethodSnapshot> paymentMethods,
    ImmutableList<CustomerSpell> spells,
    ImmutableList<VersionStart> versionStarts,
    @Nullable String country,
    @Nullable String channel,
    @Nullable FirstSubscription first,
    @Nullable LocalDate segmentsSince) {

  static CustomerProfile of(CustomerState state, ChangeLog changes, Catalog catalog) {
    ImmutableList<CustomerSnapshot> versions =
        Stream.concat(Stream.ofNullable(state.getCustomer()), changes.customers().stream())
            .collect(toImmutableList());
    Map<String, PaymentMethodSnapshot> methods = new TreeMap<>();
    state.getPaymentMethods().forEach(method -> methods.put(method.getId(), method));
    changes.paymentMethods().forEach(method -> methods.put(method.getId(), method));
    ImmutableList<CustomerSpell> spells = spells(state, changes);
    FirstSubscription first = firstSubscription(state.getFirst(), changes, catalog);
    int known = state.getVersionStarts().size();
    ImmutableList.Builder<VersionStart> starts = ImmutableList.builder();
    starts.addAll(state.getVersionStarts());
    spells.stream()
        .skip(known == 0 ? 0 : state.getEarlierSpells().size() + 1)
        .map(spell -> VersionStart.of(spell.getValidFrom()))
        .forEach(starts::add);
    return new CustomerProfile(
        versions,
        ImmutableList.copyOf(methods.values()),
        spells,
        starts.build(),
        first(state.getCountry(), versions, CustomerProfile::countryOf),
        first(state.getChannel(), versions, CustomerProfile::channelOf),
        first,
        segmentsSince(state, changes, first));
  }

  private static @Nullable LocalDate segmentsSince(
      CustomerState state, ChangeLog changes, @Nullable FirstSubscription first) {
    Stream<LocalDate> country =
        state.getCountry() != null ? Stream.empty() : firstDay(changes, CustomerProfile::countryOf);
    Stream<LocalDate> channel =
        state.getChannel() != null ? Stream.empty() : firstDay(changes, CustomerProfile::channelOf);
    Stream<LocalDate> plan =
        first == null || first.equals(state.getFirst())
            ? Stream.empty()
            : Stream.of(changes.subscriptions().get(first.getId()).get(0).getSnapshotDate());
    return Stream.of(Stream.ofNullable(state.getSegmentsSince()), country, channel, plan)
        .flatMap(day -> day)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static Stream<LocalDate> firstDay(
      ChangeLog changes, Function<CustomerSnapshot, @Nullable String> attribute) {
    return changes.customers().stream()
        .filter(version -> attribute.apply(version) != null)
        .map(CustomerSnapshot::getSnapshotDate)
        .limit(1);
  }

  @Nullable CustomerSnapshot newest() {
    return versions.isEmpty() ? null : versions.get(versions.size() - 1);
  }

  /**
   * The newest version without what no later fold will ask for, the person's own e-mail address
   * among it; null where none arrived.
   */
  @Nullable CustomerSnapshot remembered() {
    CustomerSnapshot newest = newest();
    return newest == null ? null : slim(newest);
  }

  private static CustomerSnapshot slim(CustomerSnapshot version) {
    return version.toBuilder()
        .setAddress(
            countryOf(version) == null
                ? null
                : Address.builder().setCountry(countryOf(version)).build())
        .setEmail(domainOf(version.getEmail()) == null ? null : "@" + domainOf(version.getEmail()))
        .setMetadata(List.of())
        .build();
  }

  /**
   * The spells before the last, as long as what is fixed for the customer's life is not yet known:
   * their rows will have to be told again.
   */
  ImmutableList<CustomerSpell> earlierSpells() {
    boolean isSettled = country != null && channel != null && first != null;
    return isSettled || spells.isEmpty()
        ? ImmutableList.of()
        : spells.stream()
            .limit(spells.size() - 1L)
            .map(spell -> spell.toBuilder().setVersion(slim(spell.getVersion())).build())
            .collect(toImmutableList());
  }

  CustomerSegments segments(Catalog catalog) {
    return CustomerSegments.of(
        country == null ? Catalog.UNKNOWN : country,
        catalog.region(country),
        channel == null ? Catalog.UNKNOWN : channel,
        first == null ? "none" : first.getPlan());
  }

  /** The spells of the tracked attributes; the first reaches back to the signup. */
  private static ImmutableList<CustomerSpell> spells(CustomerState state, ChangeLog changes) {
    List<CustomerSpell> spells = new ArrayList<>();
    Map<String, PaymentMethodSnapshot> methods = new HashMap<>();
    state.getPaymentMethods().forEach(method -> methods.put(method.getId(), method));
    CustomerSnapshot version = state.getCustomer();
    spells.addAll(state.getEarlierSpells());
    if (version != null) {
      List<VersionStart> starts = state.getVersionStarts();
      spells.add(spell(starts.get(starts.size() - 1).getValidFrom(), version, methods));
    }
    int nextCustomer = 0;
    int nextMethod = 0;
    for (Instant instant : instants(changes)) {
      while (nextMethod < changes.paymentMethods().size()
          && !changes.paymentMethods().get(nextMethod).getChangedAt().isAfter(instant)) {
        PaymentMethodSnapshot method = changes.paymentMethods().get(nextMethod++);
        methods.put(method.getId(), method);
      }
      while (nextCustomer < changes.customers().size()
          && !changes.customers().get(nextCustomer).getChangedAt().isAfter(instant)) {
        version = changes.customers().get(nextCustomer++);
      }
      if (version != null) {
        append(spells, spell(spells.isEmpty() ? version.getCreated() : instant, version, methods));
      }
    }
    return ImmutableList.copyOf(spells);
  }

  private static Set<Instant> instants(ChangeLog changes) {
    Set<Instant> instants = new TreeSet<>();
    changes.customers().forEach(version -> instants.add(version.getChangedAt()));
    changes.paymentMethods().forEach(version -> instants.add(version.getChangedAt()));
    return instants;
  }

  private static void append(List<CustomerSpell> spells, CustomerSpell next) {
    CustomerSpell last = spells.isEmpty() ? null : spells.get(spells.size() - 1);
    if (last != null && Tracked.of(last).equals(Tracked.of(next))) {
      spells.set(spells.size() - 1, last.toBuilder().setVersion(next.getVersion()).build());
      return;
    }
    if (last != null && !last.getValidFrom().isBefore(next.getValidFrom())) {
      spells.set(spells.size() - 1, next.toBuilder().setValidFrom(last.getValidFrom()).build());
      return;
    }
    spells.add(next);
  }

  private static CustomerSpell spell(
      Instant from, CustomerSnapshot version, Map<String, PaymentMethodSnapshot> methods) {
    PaymentMethodSnapshot method =
        version.getDefaultPaymentMethod() == null
            ? null
            : methods.get(version.getDefaultPaymentMethod());
    return CustomerSpell.builder()
        .setValidFrom(from)
        .setVersion(version)
        .setCardBrand(
            method == null || method.getCard() == null ? null : method.getCard().getBrand())
        .build();
  }

  /** What opens a new version of a customer when it changes. */
  private record Tracked(
      @Nullable String name,
      @Nullable String emailDomain,
      @Nullable String country,
      @Nullable String cardBrand,
      boolean isDelinquent,
      boolean isDeleted) {

    static Tracked of(CustomerSpell spell) {
      CustomerSnapshot version = spell.getVersion();
      return new Tracked(
          version.getName(),
          domainOf(version.getEmail()),
          countryOf(version),
          spell.getCardBrand(),
          Boolean.TRUE.equals(version.getDelinquent()),
          Boolean.TRUE.equals(version.getDeleted()));
    }
  }

  /** The lower-case part behind the last @. */
  static @Nullable String domainOf(@Nullable String email) {
    return email == null || email.indexOf('@') < 0
        ? null
        : email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }

  private static @Nullable String countryOf(CustomerSnapshot version) {
    return version.getAddress() == null ? null : version.getAddress().getCountry();
  }

  private static @Nullable String channelOf(CustomerSnapshot version) {
    return version.getMetadata().stream()
        .filter(entry -> entry.getKey().equals("channel"))
        .map(MetadataEntry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String first(
      @Nullable String known,
      List<CustomerSnapshot> versions,
      Function<CustomerSnapshot, @Nullable String> attribute) {
    return known != null
        ? known
        : versions.stream().map(attribute).filter(Objects::nonNull).findFirst().orElse(null);
  }

  private static @Nullable FirstSubscription firstSubscription(
      @Nullable FirstSubscription known, ChangeLog changes, Catalog catalog) {
    return Stream.concat(
            Stream.ofNullable(known),
            changes.subscriptions().values().stream().map(v -> first(v.get(0), catalog)))
        .min(
            Comparator.comparing(FirstSubscription::getCreated)
                .thenComparing(FirstSubscription::getId))
        .orElse(null);
  }

  private static FirstSubscription first(SubscriptionSnapshot version, Catalog catalog) {
    return FirstSubscription.builder()
        .setCreated(version.getCreated())
        .setId(version.getId())
        .setPlan(
            version.getItems().stream()
                .findFirst()
                .map(SubscriptionItem::getPrice)
                .map(price -> catalog.plan(price.getProduct()))
                .orElse(Catalog.UNKNOWN))
        .build();
  }
}
