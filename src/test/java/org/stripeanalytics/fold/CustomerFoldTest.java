package org.stripeanalytics.fold;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.CATALOG;
import static org.stripeanalytics.fold.Snapshots.aCustomer;
import static org.stripeanalytics.fold.Snapshots.aSubscription;
import static org.stripeanalytics.fold.Snapshots.at;
import static org.stripeanalytics.fold.Snapshots.catalogWith;
import static org.stripeanalytics.fold.Snapshots.day;
import static org.stripeanalytics.fold.Snapshots.invoice;
import static org.stripeanalytics.fold.Snapshots.professional;

import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.changes.SubscriptionSnapshot;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.DiscountTerms;
import org.stripeanalytics.fold.terms.DiscountTerms.Duration;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.terms.MetricPolicies.MrrDiscounts;
import org.stripeanalytics.fold.timeline.CustomerSegments;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.model.intermediate.SubscriptionSpell;

class CustomerFoldTest {

  @Test
  void aTrialThatConvertsHasATrialSpellAndThenACountedOne() {
    assertThat(
        told(
            Timelines.of(
                aSubscription()
                    .trialing("2024-01-10T09:00", "2024-01-24T09:00")
                    .active("2024-01-24T09:00"))),
        contains(
            "trialing 2024-01-10T09:00:00Z..2024-01-24T09:00:00Z 0",
            "active 2024-01-24T09:00:00Z.. 24000"));
  }

  @Test
  void aRenewalOpensNoSpell() {
    assertThat(
        told(
            Timelines.of(
                aSubscription().active("2024-01-10").active("2024-02-10").active("2024-03-10"))),
        contains("active 2024-01-10T00:00:00Z.. 24000"));
  }

  @Test
  void anUpgradeInMidPeriodOpensASpellWhenItHappens() {
    assertThat(
        told(
            Timelines.of(
                aSubscription()
                    .active("2024-01-10")
                    .on(professional())
                    .active("2024-01-20T12:00"))),
        contains(
            "active 2024-01-10T00:00:00Z..2024-01-20T12:00:00Z 24000",
            "active 2024-01-20T12:00:00Z.. 60000"));
  }

  @Test
  void aCanceledSubscriptionEndsWhenItEndedAndNotWhenTheRowSaysSo() {
    List<Change> changes =
        new ArrayList<>(
            aSubscription().active("2024-01-10").canceled("2024-03-10T08:00").changes());
    SubscriptionSnapshot late =
        changes.remove(1).getSubscription().toBuilder().setChangedAt(at("2024-03-12")).build();
    changes.add(Change.of(late));

    assertThat(
        told(Timelines.of(CATALOG, MetricPolicies.defaults(), changes)),
        contains(
            "active 2024-01-10T00:00:00Z..2024-03-10T08:00:00Z 24000",
            "canceled 2024-03-10T08:00:00Z.. 0 voluntary"));
  }

  @Test
  void aScheduledEndIsMarkedFromTheRequestOn() {
    CustomerTimeline timeline =
        Timelines.of(
            aSubscription()
                .active("2024-01-10")
                .cancelsAt("2024-01-15", "2024-02-10")
                .canceled("2024-02-10"));

    assertThat(
        timeline.getSpells().stream().map(SubscriptionSpell::getIsEnding).toList(),
        contains(false, true, false));
  }

  @Test
  void aSubscriptionSeenOnceIsRebuiltFromItsOwnDates() {
    SubscriptionSnapshot only =
        aSubscription()
            .trialing("2024-01-10", "2024-01-24")
            .canceled("2024-06-01")
            .versions()
            .get(1)
            .toBuilder()
            .setChangedAt(at("2025-01-01"))
            .build();

    assertThat(
        told(Timelines.of(CATALOG, MetricPolicies.defaults(), List.of(Change.of(only)))),
        contains(
            "trialing 2024-01-10T00:00:00Z..2024-01-24T00:00:00Z 0",
            "active 2024-01-24T00:00:00Z..2024-06-01T00:00:00Z 24000",
            "canceled 2024-06-01T00:00:00Z.. 0 voluntary"));
  }

  @Test
  void anIncompleteSubscriptionSeenOnceWasNeverActive() {
    assertThat(
        told(Timelines.of(aSubscription().status("incomplete_expired", "2024-01-11"))),
        contains("incomplete_expired 2024-01-11T00:00:00Z.. 0"));
  }

  @Test
  void pausedCollectionCountsOnlyWhenInvoicesAreKeptAsDrafts() {
    assertThat(
        told(
            Timelines.of(
                aSubscription()
                    .active("2024-01-10")
                    .pausedCollection("2024-02-01", "void")
                    .resumedCollection("2024-03-01"))),
        contains(
            "active 2024-01-10T00:00:00Z..2024-02-01T00:00:00Z 24000",
            "active 2024-02-01T00:00:00Z..2024-03-01T00:00:00Z 0",
            "active 2024-03-01T00:00:00Z.. 24000"));
    assertThat(
        told(
            Timelines.of(
                aSubscription()
                    .active("2024-01-10")
                    .pausedCollection("2024-02-01", "keep_as_draft"))),
        contains("active 2024-01-10T00:00:00Z.. 24000"));
  }

  @Test
  void aDiscountThatEndsWithoutANewVersionStillEnds() {
    Catalog catalog =
        catalogWith(
            new DiscountTerms(
                "di_1",
                at("2024-01-10"),
                at("2024-04-10"),
                Duration.REPEATING,
                new BigDecimal(50),
                null,
                null,
                ImmutableSet.of()));
    MetricPolicies billed =
        MetricPolicies.defaults().toBuilder().setMrrDiscounts(MrrDiscounts.BILLED).build();

    assertThat(
        told(
            Timelines.of(catalog, billed, aSubscription().discounted("di_1").active("2024-01-10"))),
        contains(
            "active 2024-01-10T00:00:00Z..2024-04-10T00:00:00Z 12000",
            "active 2024-04-10T00:00:00Z.. 24000"));
  }

  @Test
  void aCustomersDiscountAppliesWhereTheSubscriptionHasNone() {
    Catalog catalog =
        catalogWith(
            new DiscountTerms(
                "di_c",
                at("2024-01-01"),
                null,
                Duration.FOREVER,
                new BigDecimal(25),
                null,
                null,
                ImmutableSet.of()));
    List<Change> changes = new ArrayList<>(aSubscription().active("2024-01-10").changes());
    changes.add(Change.of(aCustomer("cus_1", "2024-01-05").build()));
    changes.add(Change.of(aCustomer("cus_1", "2024-02-01").setDiscount("di_c").build()));

    assertThat(
        told(Timelines.of(catalog, MetricPolicies.defaults(), changes)),
        contains(
            "active 2024-01-10T00:00:00Z..2024-02-01T00:00:00Z 24000",
            "active 2024-02-01T00:00:00Z.. 18000"));
  }

  @Test
  void anEndWithoutAReasonIsInvoluntaryWhereTheLastInvoiceWasFailing() {
    List<Change> changes =
        new ArrayList<>(
            aSubscription().active("2024-01-10").canceled("2024-02-20", null).changes());
    assertThat(churnKinds(changes), contains("unknown"));

    changes.add(invoice("sub_1", "2024-02-10", "open", 4));
    assertThat(churnKinds(changes), contains("involuntary"));
  }

  @Test
  void pastDueStopsCountingWhereThePolicySaysSo() {
    MetricPolicies strict = MetricPolicies.defaults().toBuilder().setIncludePastDue(false).build();

    assertThat(
        told(
            Timelines.of(
                CATALOG, strict, aSubscription().active("2024-01-10").pastDue("2024-02-10"))),
        contains(
            "active 2024-01-10T00:00:00Z..2024-02-10T00:00:00Z 24000",
            "past_due 2024-02-10T00:00:00Z.. 0"));
  }

  @Test
  void segmentsAreTheFirstThatWereEverKnown() {
    List<Change> changes = new ArrayList<>(aSubscription().active("2024-02-01").changes());
    changes.addAll(aSubscription().id("sub_2").on(professional()).active("2024-03-01").changes());
    changes.add(Change.of(aCustomer("cus_1", "2024-01-01").setAddress(null).build()));
    changes.add(Snapshots.customer("cus_1", "2024-01-02", "DE"));
    changes.add(Snapshots.customer("cus_1", "2024-05-01", "US"));

    assertThat(
        Timelines.of(CATALOG, MetricPolicies.defaults(), changes).getSegments(),
        is(CustomerSegments.of("DE", "europe", "organic_search", "starter")));
  }

  @Test
  void aCustomerOfWhomNothingIsKnownIsCountedAsUnknown() {
    assertThat(
        Timelines.of(CATALOG, MetricPolicies.defaults(), List.of()).getSegments(),
        is(CustomerSegments.of("unknown", "unknown", "unknown", "none")));
  }

  @Test
  void changesOfTheSameSecondAreTakenInAFixedOrderWhateverOrderTheyCameIn() {
    List<Change> changes =
        new ArrayList<>(
            aSubscription().active("2024-01-10").on(professional()).active("2024-01-20").changes());
    changes.add(Snapshots.customer("cus_1", "2024-01-10", "US"));
    CustomerTimeline expected = Timelines.of(CATALOG, MetricPolicies.defaults(), changes);

    // A fixed seed, so that a failure can be repeated.
    Random random = new Random(7);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(changes, random);
      assertThat(Timelines.of(CATALOG, MetricPolicies.defaults(), changes), is(expected));
    }
  }

  @Test
  void nothingBeyondTheIntervalIsSeen() {
    assertThat(told(Timelines.of(aSubscription().active("2026-01-01"))), is(empty()));
  }

  /** A second export once made the first version's status that of the whole past. */
  @Test
  void thePastBeforeTheFirstVersionStaysWhateverComesLater() {
    SubscriptionSnapshot seen =
        aSubscription().trialing("2024-01-10", "2024-01-24").active("2024-01-24").versions().get(1);
    SubscriptionSnapshot first = exportedOn("2024-03-05", seen);
    SubscriptionSnapshot second = exportedOn("2024-04-05", seen);

    List<String> once = spellsOf(first);

    assertThat(once, contains("2024-01-10 trialing", "2024-01-24 active"));
    assertThat(spellsOf(first, second), is(once));
  }

  private static SubscriptionSnapshot exportedOn(String day, SubscriptionSnapshot version) {
    return version.toBuilder().setChangedAt(at(day)).setSnapshotDate(day(day)).build();
  }

  private static List<String> spellsOf(SubscriptionSnapshot... versions) {
    return Timelines.of(
            CATALOG,
            MetricPolicies.defaults(),
            new ArrayList<>(Stream.of(versions).map(Change::of).toList()))
        .getSpells()
        .stream()
        .map(spell -> spell.getValidFrom().toString().substring(0, 10) + " " + spell.getStatus())
        .toList();
  }

  private static List<String> told(CustomerTimeline timeline) {
    return timeline.getSpells().stream()
        .map(
            spell ->
                String.format(
                        "%s %s..%s %d %s",
                        spell.getStatus(),
                        spell.getValidFrom(),
                        spell.getValidTo() == null ? "" : spell.getValidTo(),
                        spell.getArrMinor(),
                        spell.getChurnKind() == null ? "" : spell.getChurnKind())
                    .trim())
        .toList();
  }

  private static List<String> churnKinds(List<Change> changes) {
    return Timelines.of(CATALOG, MetricPolicies.defaults(), changes).getSpells().stream()
        .filter(spell -> spell.getStatus().equals("canceled"))
        .map(SubscriptionSpell::getChurnKind)
        .toList();
  }
}
