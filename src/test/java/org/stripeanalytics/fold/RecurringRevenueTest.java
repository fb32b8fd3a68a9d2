package org.stripeanalytics.fold;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.stripeanalytics.fold.Snapshots.CATALOG;
import static org.stripeanalytics.fold.Snapshots.at;
import static org.stripeanalytics.fold.Snapshots.item;

import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.fold.RecurringRevenue.ItemRevenue;
import org.stripeanalytics.fold.terms.DiscountTerms;
import org.stripeanalytics.fold.terms.DiscountTerms.Duration;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.raw.SubscriptionItem;

class RecurringRevenueTest {
  private final RecurringRevenue revenue = new RecurringRevenue(CATALOG, ReportingFrame.defaults());

  @Test
  void tenPercentOffAYearOf120DollarsLeavesNineDollarsAMonth() {
    SubscriptionItem yearly = item("prod_starter", 120_00, "year");

    ItemRevenue item = only(of(List.of(yearly), percent("di_1", Duration.REPEATING, "10")));

    assertThat(item.billed(), is(108_00L)); // 12 × $9
    assertThat(item.forever(), is(120_00L));
    assertThat(item.list(), is(120_00L));
  }

  @Test
  void aForeverDiscountReducesBothViewsAndAOnceDiscountNeither() {
    SubscriptionItem starter = item("prod_starter", 20_00, "month");

    assertThat(
        only(of(List.of(starter), percent("di_1", Duration.FOREVER, "20"))),
        is(new ItemRevenue(240_00, 192_00, 192_00)));
    assertThat(
        only(of(List.of(starter), percent("di_1", Duration.ONCE, "20"))),
        is(new ItemRevenue(240_00, 240_00, 240_00)));
  }

  @Test
  void discountsApplyInOrderAndAreRoundedOnce() {
    SubscriptionItem odd = item("prod_starter", 333, "month"); // 3,996 a year

    ItemRevenue item =
        only(
            of(
                List.of(odd),
                percent("di_1", Duration.FOREVER, "12.5"),
                percent("di_2", Duration.FOREVER, "12.5")));

    assertThat(item.forever(), is(3059L)); // 3996 × 0.875² = 3059.4375
  }

  @Test
  void anAmountOffIsSharedInProportionAndTheLastIdTakesTheRest() {
    SubscriptionItem small = item("prod_a", 10_00, "month");
    SubscriptionItem large = item("prod_b", 20_00, "month");

    List<ItemRevenue> items =
        of(List.of(large, small), amount("di_1", 5_00, "usd", ImmutableSet.of()));

    assertThat(items.get(1).forever(), is(120_00L - 20_00)); // a third of $60
    assertThat(items.get(0).forever(), is(240_00L - 40_00));
  }

  @Test
  void anAmountOffInAnotherCurrencyLeavesTheItemAlone() {
    SubscriptionItem starter = item("prod_starter", 20_00, "month");

    assertThat(
        only(of(List.of(starter), amount("di_1", 5_00, "eur", ImmutableSet.of()))).forever(),
        is(240_00L));
  }

  @Test
  void aDiscountLimitedToAProductLeavesItsSiblingsAlone() {
    SubscriptionItem starter = item("prod_starter", 20_00, "month");
    SubscriptionItem other = item("prod_x", 20_00, "month");

    List<ItemRevenue> items =
        of(List.of(starter, other), amount("di_1", 5_00, "usd", ImmutableSet.of("prod_starter")));

    assertThat(items.get(0).forever(), is(180_00L));
    assertThat(items.get(1).forever(), is(240_00L));
  }

  @Test
  void revenueNeverFallsBelowZero() {
    SubscriptionItem cheap = item("prod_starter", 3_00, "month");

    assertThat(
        only(of(List.of(cheap), amount("di_1", 5_00, "usd", ImmutableSet.of()))).forever(), is(0L));
  }

  @Test
  void yenAreConvertedWithoutMinorUnits() {
    SubscriptionItem yen = item("prod_starter", 3000, "month", 1, 1, "jpy");

    // ¥36,000 a year at 0.007 is $252.00
    assertThat(only(of(List.of(yen))).list(), is(252_00L));
  }

  @Test
  void aCurrencyWithoutARateIsNamed() {
    SubscriptionItem francs = item("prod_starter", 3000, "month", 1, 1, "chf");

    IllegalStateException e = assertThrows(IllegalStateException.class, () -> of(List.of(francs)));
    assertThat(e.getMessage().contains("chf"), is(true));
  }

  private List<ItemRevenue> of(List<SubscriptionItem> items, DiscountTerms... onSubscription) {
    return revenue.of(
        items.get(0).getPrice().getCurrency(),
        items,
        List.of(),
        List.of(onSubscription),
        items.stream().map(i -> List.<DiscountTerms>of()).toList());
  }

  private static ItemRevenue only(List<ItemRevenue> items) {
    assertThat(items.size(), is(1));
    return items.get(0);
  }

  private static DiscountTerms percent(String id, Duration duration, String percentOff) {
    return new DiscountTerms(
        id,
        at("2024-01-01"),
        null,
        duration,
        new BigDecimal(percentOff),
        null,
        null,
        ImmutableSet.of());
  }

  private static DiscountTerms amount(
      String id, long amountOff, String currency, ImmutableSet<String> products) {
    return new DiscountTerms(
        id, at("2024-01-01"), null, Duration.FOREVER, null, amountOff, currency, products);
  }
}
