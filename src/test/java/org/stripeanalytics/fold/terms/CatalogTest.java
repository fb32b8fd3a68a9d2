package org.stripeanalytics.fold.terms;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.at;
import static org.stripeanalytics.fold.Snapshots.day;

import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.model.raw.Coupon;
import org.stripeanalytics.model.raw.Discount;
import org.stripeanalytics.model.seeds.FxRate;
import org.stripeanalytics.model.seeds.Geography;

class CatalogTest {
  private static final BigDecimal TEN_PERCENT = new BigDecimal("10");

  @Test
  void aDiscountHasTheTermsOfItsCoupon() {
    Catalog catalog = catalog(discount("di_1", "tenth", "2024-01-10"));

    assertThat(
        catalog.discounts(List.of("di_1")),
        contains(
            new DiscountTerms(
                "di_1",
                at("2024-01-10"),
                null,
                DiscountTerms.Duration.FOREVER,
                TEN_PERCENT,
                null,
                null,
                ImmutableSet.of())));
  }

  @Test
  void aDiscountWithoutAKnownCouponTakesNothingOff() {
    Catalog catalog =
        catalog(
            discount("di_of_nothing", null, "2024-01-10"),
            discount("di_of_unknown", "gone", "2024-01-10"));

    assertThat(catalog.discounts(List.of("di_of_nothing", "di_of_unknown")), is(empty()));
  }

  @Test
  void whatIsNotKnownIsNamedSo() {
    Catalog catalog = catalog();

    assertThat(catalog.plan("prod_unheard_of"), is("unknown"));
    assertThat(catalog.region("DE"), is("europe"));
    assertThat(catalog.region("AQ"), is("unknown"));
    assertThat(catalog.rates().get("usd"), is(BigDecimal.ONE));
  }

  private static Catalog catalog(Discount... discounts) {
    Coupon tenth =
        Coupon.builder()
            .setId("tenth")
            .setCreated(at("2024-01-01"))
            .setDuration("forever")
            .setPercentOff(TEN_PERCENT)
            .setTimesRedeemed(0)
            .setValid(true)
            .setLivemode(true)
            .setSnapshotDate(day("2024-01-01"))
            .setChangedAt(at("2024-01-01"))
            .setSource("json")
            .build();
    return Catalog.of(
        CatalogTables.builder().setCoupons(List.of(tenth)).setDiscounts(List.of(discounts)).build(),
        List.of(FxRate.builder().setCurrency("usd").setRate(BigDecimal.ONE).build()),
        List.of(
            Geography.builder()
                .setCountry("DE")
                .setCountryName("Germany")
                .setRegion("europe")
                .build()));
  }

  private static Discount discount(String id, @Nullable String coupon, String start) {
    return Discount.builder()
        .setId(id)
        .setCoupon(coupon)
        .setStart(at(start))
        .setSnapshotDate(day("2024-01-10"))
        .setChangedAt(at("2024-01-10"))
        .setSource("json")
        .build();
  }
}
