package org.stripeanalytics.ingestion;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.ingestion.StripeObject.aSubscription;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.raw.CurrencyOption;
import org.stripeanalytics.model.raw.ItemPrice;
import org.stripeanalytics.model.raw.PriceTier;
import org.stripeanalytics.model.raw.TransformQuantity;

/** Prices that are more than an amount per unit, as an item of a subscription brings them. */
class PriceShapesTest {
  private static final String PRICE = "items.data.0.price.";

  @Test
  void theOptionsInOtherCurrenciesAreRecordsNamedByTheirCurrency() {
    ItemPrice price =
        priceOf(
            aSubscription()
                .with(
                    PRICE + "currency_options",
                    """
                    {"usd": {"unit_amount": 2000, "unit_amount_decimal": "2000"},
                     "jpy": {"unit_amount": null, "unit_amount_decimal": null,
                             "tiers": [{"up_to": null, "unit_amount": 300}]}}
                    """));

    assertThat(
        price.getCurrencyOptions(),
        contains(
            CurrencyOption.builder()
                .setCurrency("usd")
                .setUnitAmount(2000L)
                .setUnitAmountDecimal("2000")
                .build(),
            CurrencyOption.builder()
                .setCurrency("jpy")
                .setTiers(List.of(PriceTier.builder().setUnitAmount(300L).build()))
                .build()));
  }

  @Test
  void noOptionsAreNone() {
    assertThat(priceOf(aSubscription()).getCurrencyOptions(), is(List.of()));
    assertThat(
        priceOf(aSubscription().with(PRICE + "currency_options", "{}")).getCurrencyOptions(),
        is(List.of()));
  }

  @Test
  void packagesAndTiersAreRead() {
    ItemPrice price =
        priceOf(
            aSubscription()
                .with(PRICE + "transform_quantity", "{\"divide_by\": 10, \"round\": \"up\"}")
                .with(PRICE + "tiers_mode", "\"graduated\"")
                .with(
                    PRICE + "tiers",
                    """
                    [{"up_to": 5, "unit_amount": 1000, "flat_amount": 300},
                     {"up_to": null, "unit_amount_decimal": "0.5"}]
                    """));

    assertThat(
        price.getTransformQuantity(),
        is(TransformQuantity.builder().setDivideBy(10).setRound("up").build()));
    assertThat(price.getTiersMode(), is("graduated"));
    assertThat(
        price.getTiers(),
        contains(
            PriceTier.builder().setUpTo(5L).setUnitAmount(1000L).setFlatAmount(300L).build(),
            PriceTier.builder().setUnitAmountDecimal("0.5").build()));
  }

  @Test
  void aPriceMayBeOfAnotherCurrencyThanItsSubscription() {
    assertThat(priceOf(aSubscription().with("currency", "\"eur\"")).getCurrency(), is("usd"));
  }

  private static ItemPrice priceOf(StripeObject subscription) {
    return Parsed.extractedOn("2024-03-01", subscription)
        .row(Tables.SUBSCRIPTIONS)
        .getItems()
        .get(0)
        .getPrice();
  }
}
