package org.stripeanalytics.fold.billing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.CATALOG;
import static org.stripeanalytics.fold.Snapshots.at;
import static org.stripeanalytics.fold.Snapshots.item;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.model.raw.CurrencyOption;
import org.stripeanalytics.model.raw.ItemPrice;
import org.stripeanalytics.model.raw.PriceTier;
import org.stripeanalytics.model.raw.SubscriptionItem;
import org.stripeanalytics.model.raw.TransformQuantity;

/** What an item costs a year, whatever way its price is written. */
class ListPriceTest {
  private static final List<BilledPeriod> NOT_BILLED = List.of();
  private final ListPrice listPrice = new ListPrice(CATALOG);

  @ParameterizedTest(name = "{0} every {2} {1} × {3} is {4} a year")
  @CsvSource({
    "2000, month, 1, 1, 24000",
    "60000, year, 1, 1, 60000",
    "1000, week, 1, 2, 104000",
    "100, day, 1, 1, 36500",
    "3000, month, 3, 1, 12000",
    "1000, month, 7, 1, 1714",
    "1001, month, 8, 1, 1502",
    "5000, month, 1, 3, 180000"
  })
  void aPriceIsAnnualisedByItsInterval(
      long unitAmount, String interval, long intervalCount, long quantity, long expected) {
    SubscriptionItem item =
        item("prod_starter", unitAmount, interval, intervalCount, quantity, "usd");

    assertThat(usd(item), is(expected));
  }

  @Test
  void aMissingQuantityIsOne() {
    assertThat(
        usd(item("prod_starter", 20_00, "month").toBuilder().setQuantity(null).build()),
        is(240_00L));
  }

  @Test
  void aDecimalPriceIsRoundedAfterMultiplying() {
    SubscriptionItem item = priced(p -> p.setUnitAmount(null).setUnitAmountDecimal("0.125"));

    assertThat(usd(item), is(2L)); // 0.125 × 12 = 1.5, half away from zero
  }

  @Test
  void aMeteredPriceCountsNothing() {
    SubscriptionItem item = item("prod_starter", 5_00, "month");

    assertThat(
        usd(
            priced(
                p ->
                    p.setRecurring(
                        item.getPrice().getRecurring().toBuilder()
                            .setUsageType("metered")
                            .build()))),
        is(0L));
  }

  /** Stripe adds values without calling it a change; what one means is not guessed. */
  @Test
  void aKindOfPriceThatIsNotKnownCountsNothing() {
    SubscriptionItem item = item("prod_starter", 5_00, "month");
    List<PriceTier> tiers = List.of(PriceTier.builder().setUnitAmount(7_00L).build());

    assertThat(usd(item("prod_starter", 5_00, "fortnight")), is(0L));
    assertThat(usd(priced(p -> p.setBillingScheme("matrix"))), is(0L));
    assertThat(usd(tiered("stepped", tiers, 1)), is(0L));
    assertThat(
        usd(
            priced(
                p ->
                    p.setRecurring(
                        item.getPrice().getRecurring().toBuilder()
                            .setUsageType("reserved")
                            .build()))),
        is(0L));
  }

  @ParameterizedTest(name = "{0} units in packages of {1}, rounded {2}, are {3} packages")
  @CsvSource({
    "25, 10, up, 3",
    "30, 10, up, 3",
    "25, 10, down, 2",
    "9, 10, down, 0",
    "1, 10, up, 1",
    "0, 10, up, 0"
  })
  void packagesAreDividedAndRoundedBeforeTheyAreMultiplied(
      long quantity, long divideBy, String round, long packages) {
    SubscriptionItem item =
        priced(
                p ->
                    p.setUnitAmount(10_00L)
                        .setTransformQuantity(
                            TransformQuantity.builder()
                                .setDivideBy(divideBy)
                                .setRound(round)
                                .build()))
            .toBuilder()
            .setQuantity(quantity)
            .build();

    assertThat(usd(item), is(packages * 120_00));
  }

  /** The first five for 10.00 each and 3.00 in all, the next five for 8.00, all others for 5.50. */
  @ParameterizedTest(name = "{0} units: graduated {1}, by volume {2} every month")
  @CsvSource({
    "0, 300, 300",
    "1, 1300, 1300",
    "5, 5300, 5300",
    "6, 6100, 4800",
    "10, 9300, 8000",
    "12, 10400, 6600"
  })
  void tiersApplyAsTheirModeSays(long quantity, long graduated, long volume) {
    List<PriceTier> tiers =
        List.of(
            PriceTier.builder().setUpTo(5L).setUnitAmount(10_00L).setFlatAmount(3_00L).build(),
            PriceTier.builder().setUpTo(10L).setUnitAmount(8_00L).build(),
            PriceTier.builder().setUnitAmountDecimal("550").build());

    assertThat(usd(tiered("graduated", tiers, quantity)), is(12 * graduated));
    assertThat(usd(tiered("volume", tiers, quantity)), is(12 * volume));
  }

  @Test
  void tiersThatWereNotDeliveredCountNothingUnlessTheCatalogueHasThem() {
    List<PriceTier> tiers = List.of(PriceTier.builder().setUnitAmount(7_00L).build());
    SubscriptionItem without = tiered("graduated", List.of(), 2);
    ItemPrice expanded = tiered("graduated", tiers, 2).getPrice();

    assertThat(usd(without), is(0L));
    assertThat(
        new ListPrice(catalogOf(expanded)).of(without, "usd", NOT_BILLED), is(2 * 12 * 7_00L));
  }

  @Test
  void theAmountIsTheOptionOfTheSubscriptionsCurrency() {
    SubscriptionItem item =
        priced(
            p ->
                p.setCurrencyOptions(
                    List.of(
                        CurrencyOption.builder().setCurrency("usd").setUnitAmount(10_00L).build(),
                        CurrencyOption.builder().setCurrency("eur").setUnitAmount(9_00L).build())));

    assertThat(listPrice.of(item, "eur", NOT_BILLED), is(12 * 9_00L));
  }

  @Test
  void anOptionThatOnlyTheCatalogueHasIsFoundThere() {
    SubscriptionItem item = priced(p -> p);
    ItemPrice expanded =
        item.getPrice().toBuilder()
            .setCurrencyOptions(
                List.of(CurrencyOption.builder().setCurrency("eur").setUnitAmount(9_00L).build()))
            .build();

    assertThat(new ListPrice(catalogOf(expanded)).of(item, "eur", NOT_BILLED), is(12 * 9_00L));
  }

  @ParameterizedTest(name = "900 from {0} to {1} for a price every {2} is {3} a year")
  @CsvSource({
    "2024-01-10, 2024-02-10, month, 10800",
    "2024-02-01, 2024-03-01, month, 10800",
    "2024-01-01, 2024-04-01, month, 3600",
    "2024-01-01, 2025-01-01, year, 900",
    "2024-01-01, 2024-01-08, week, 46800",
    "2024-01-01, 2024-01-02, day, 328500",
    "2024-01-01, 2024-07-01, year, 1800",
    "2024-01-01, 2024-01-16, month, 21900" // by its 15 days
  })
  void withoutAnOptionTheLastInvoiceLineIsDividedByItsPeriod(
      String start, String end, String interval, long expected) {
    SubscriptionItem item = item("prod_starter", 10_00, interval);

    assertThat(
        listPrice.of(
            item,
            "eur",
            List.of(
                billed("il_0", "eur", 700, start, end), billed("il_1", "eur", 900, start, end))),
        is(expected));
  }

  @Test
  void anOptionWithoutAnAmountIsNone() {
    SubscriptionItem item =
        priced(
            p ->
                p.setCurrencyOptions(List.of(CurrencyOption.builder().setCurrency("eur").build())));

    assertThat(
        listPrice.of(item, "eur", List.of(billed("il_1", "eur", 900, "2024-01-01", "2024-02-01"))),
        is(12 * 900L));
  }

  @Test
  void withoutOptionAndInvoiceNothingIsCounted() {
    SubscriptionItem item = item("prod_starter", 10_00, "month");

    assertThat(
        listPrice.of(item, "eur", List.of(billed("il_1", "usd", 900, "2024-01-01", "2024-02-01"))),
        is(0L));
  }

  private long usd(SubscriptionItem item) {
    return listPrice.of(item, "usd", NOT_BILLED);
  }

  private static BilledPeriod billed(
      String line, String currency, long amount, String start, String end) {
    return BilledPeriod.builder()
        .setInvoice("in_1")
        .setInvoiceCreated(at(start))
        .setLine(line)
        .setSubscription("sub_1")
        .setItem("si_prod_starter")
        .setAmount(amount)
        .setCurrency(currency)
        .setStart(at(start))
        .setEnd(at(end))
        .build();
  }

  private static SubscriptionItem tiered(String mode, List<PriceTier> tiers, long quantity) {
    return priced(
            p ->
                p.setUnitAmount(null).setBillingScheme("tiered").setTiersMode(mode).setTiers(tiers))
        .toBuilder()
        .setQuantity(quantity)
        .build();
  }

  private static SubscriptionItem priced(UnaryOperator<ItemPrice.Builder> price) {
    SubscriptionItem item = item("prod_starter", 10_00, "month");
    return item.toBuilder().setPrice(price.apply(item.getPrice().toBuilder()).build()).build();
  }

  private static Catalog catalogOf(ItemPrice price) {
    return Catalog.of(
        CATALOG.productNames(),
        CATALOG.discounts(),
        CATALOG.rates(),
        CATALOG.regions(),
        Map.of(price.getId(), price));
  }
}
