package org.stripeanalytics.fold;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.billing.BilledPeriod;
import org.stripeanalytics.fold.billing.ListPrice;
import org.stripeanalytics.fold.changes.SubscriptionSnapshot;
import org.stripeanalytics.fold.state.SubscriptionState;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.SubscriptionSpell;

/** Folds the versions of one subscription into the spells of an interval. */
final class SubscriptionFold {
  private final Catalog catalog;
  private final MetricPolicies policies;
  private final SpellBuilder spellBuilder;

  SubscriptionFold(Catalog catalog, MetricPolicies policies) {
    this.catalog = catalog;
    this.policies = policies;
    this.spellBuilder = new SpellBuilder(catalog, policies);
  }

  /**
   * One subscription over an interval.
   *
   * @param before its state when the interval starts; null for a new one
   * @param versions of the interval, in time order
   * @param holds what it was, beginning with what it is when the interval starts
   * @param spells those that last when the interval starts or start in it
   */
  record Folded(
      String id,
      @Nullable SubscriptionState before,
      List<SubscriptionSnapshot> versions,
      List<SubscriptionHold> holds,
      List<SubscriptionSpell> spells) {

    /**
     * Empty where the subscription has not begun by then.
     *
     * @param known what was known by then
     */
    Optional<SubscriptionState> stateAt(
        Instant end, CustomerContext known, MetricPolicies policies) {
      SubscriptionHold hold =
          before == null
              ? null
              : new SubscriptionHold(Instant.MIN, before.getStatus(), before.getVersion());
      for (SubscriptionHold next : holds) {
        if (next.from().isBefore(end)) {
          hold = next;
        }
      }
      SubscriptionSpell spell = null;
      boolean wasCounted = before != null && before.getWasCounted();
      for (SubscriptionSpell next : spells) {
        if (next.getValidFrom().isBefore(end)) {
          spell = next;
          wasCounted |= next.getIsCounted();
        }
      }
      if (hold == null || spell == null) {
        return Optional.empty();
      }
      return Optional.of(
          SubscriptionState.builder()
              .setVersion(hold.version())
              .setStatus(hold.status())
              .setSpell(reopened(spell, policies))
              .setBilled(billed(hold.version(), known))
              .setWasCounted(wasCounted)
              .build());
    }

    /** Needed where prices may not say what is paid; a subscription keeps its currency. */
    private static List<BilledPeriod> billed(SubscriptionSnapshot version, CustomerContext known) {
      return version.getItems().stream()
              .anyMatch(item -> ListPrice.isForeign(item.getPrice(), version.getCurrency()))
          ? known.billed(version.getId())
          : List.of();
    }

    /** The spell as it was while it lasted. */
    private static SubscriptionSpell reopened(SubscriptionSpell spell, MetricPolicies policies) {
      return spell.toBuilder()
          .setValidTo(null)
          .setAsOf(Days.of(spell.getValidFrom(), policies.frame().zone()))
          .build();
    }

    /** When it became something else, or came to count differently, in no order. */
    Stream<Instant> instants() {
      return Stream.concat(
          holds.stream().map(SubscriptionHold::from),
          spells.stream().map(SubscriptionSpell::getValidFrom));
    }

    /** The first day of what takes effect before the interval, though only now seen. */
    Optional<LocalDate> reachesBackTo(Instant from, ReportingFrame frame) {
      return holds.stream()
          .map(SubscriptionHold::from)
          .filter(effective -> effective.isBefore(from))
          .findFirst()
          .map(effective -> Days.of(effective, frame.zone()));
    }
  }

  /**
   * @param before null for a subscription that no earlier interval has seen
   * @param versions of the interval, in time order
   */
  Folded fold(
      String id,
      @Nullable SubscriptionState before,
      List<SubscriptionSnapshot> versions,
      CustomerContext context,
      DataInterval interval) {
    List<SubscriptionHold> holds =
        before == null ? holdsOfNew(versions, context) : holdsAfter(before, versions, interval);
    List<SubscriptionSpell> spells =
        spellBuilder.spells(
            before == null ? null : before.getSpell(),
            holds,
            context,
            Days.start(interval.to(), policies.frame().zone()));
    return new Folded(id, before, versions, holds, spells);
  }

  /** A version that was seen on the day of the start says what it was from the start on. */
  private List<SubscriptionHold> holdsOfNew(
      List<SubscriptionSnapshot> versions, CustomerContext context) {
    SubscriptionSnapshot first = versions.get(0);
    LocalDate startedOn = Days.of(first.getStartDate(), policies.frame().zone());
    if (startedOn.equals(first.getSnapshotDate()) && !first.getStatus().equals("canceled")) {
      return SubscriptionHold.ofAll(versions);
    }
    List<SubscriptionHold> holds =
        new ArrayList<>(RebuiltPast.of(first, context.billed(first.getId()), catalog.prices()));
    holds.addAll(SubscriptionHold.ofLater(versions));
    return SubscriptionHold.withoutOverlap(holds);
  }

  /** What it is when the interval starts, and what it becomes. */
  private List<SubscriptionHold> holdsAfter(
      SubscriptionState before, List<SubscriptionSnapshot> versions, DataInterval interval) {
    Instant from = Days.start(interval.from(), policies.frame().zone());
    List<SubscriptionHold> holds = new ArrayList<>();
    boolean wasCanceled = before.getStatus().equals("canceled");
    if (!wasCanceled) {
      // A discount may start or end while it goes on as it is; nothing happens to a canceled one.
      holds.add(new SubscriptionHold(from, before.getStatus(), before.getVersion()));
    }
    holds.addAll(
        SubscriptionHold.ofLater(
            versions.stream()
                .filter(v -> !v.getChangedAt().isBefore(before.getVersion().getChangedAt()))
                .filter(v -> !(wasCanceled && v.getStatus().equals("canceled")))
                .toList()));
    return ImmutableList.copyOf(holds);
  }
}
