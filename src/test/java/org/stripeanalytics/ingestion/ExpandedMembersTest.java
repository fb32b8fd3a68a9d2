package org.stripeanalytics.ingestion;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.raw.Coupon;
import org.stripeanalytics.model.raw.Price;

/** What is delivered only to whoever asks for it, and in no event. */
class ExpandedMembersTest {
  private static final Instant JANUARY = Instant.parse("2024-01-05T09:00:00Z");
  private static final Instant MAY = Instant.parse("2024-05-05T09:00:00Z");

  @Test
  void aLaterStateWithoutThemLeavesThemAsTheyWere() {
    Versions versions =
        Versions.extractedOn(
            "2024-03-31",
            limited(aCoupon()),
            aCoupon().event("evt_1", "coupon.updated", MAY),
            expanded(aPrice()),
            aPrice().event("evt_2", "price.updated", MAY));

    assertThat(
        versions.newest(Tables.COUPONS, "HALF").getAppliesTo().getProducts(),
        is(List.of("prod_1")));
    Price price = versions.newest(Tables.PRICES, "price_1");
    assertThat(price.getTiers().get(0).getUnitAmount(), is(1000L));
    assertThat(price.getCurrencyOptions().get(0).getCurrency(), is("eur"));
    assertThat(price.getChangedAt(), is(MAY));
  }

  @Test
  void soDoesALaterStateOfTheSameDay() {
    Versions versions =
        Versions.of(
            limited(aCoupon()).event("evt_1", "coupon.created", MAY),
            aCoupon().event("evt_2", "coupon.updated", MAY.plusSeconds(60)));

    List<Coupon> rows = versions.of(Tables.COUPONS, "HALF").rows();

    assertThat(rows.size(), is(1));
    assertThat(rows.get(0).getAppliesTo().getProducts(), is(List.of("prod_1")));
  }

  @Test
  void anEarlierStateHasThemToo() {
    Versions versions =
        Versions.extractedOn(
            "2024-05-31", aPrice().event("evt_1", "price.created", JANUARY), expanded(aPrice()));

    assertThat(versions.of(Tables.PRICES, "price_1").rows().get(0).getTiers().size(), is(1));
  }

  @Test
  void whatTheWarehouseHasOfThemCounts() {
    Coupon stored =
        Versions.extractedOn("2024-03-31", limited(aCoupon())).newest(Tables.COUPONS, "HALF");

    List<Coupon> rows = after(stored, aCoupon().event("evt_1", "coupon.updated", MAY)).rows();

    assertThat(rows.get(0).getAppliesTo().getProducts(), is(List.of("prod_1")));
  }

  @Test
  void whatTheWarehouseHasWithoutThemGetsThemFromAnEarlierStateOfTheSameDay() {
    Coupon stored =
        Versions.of(aCoupon().event("evt_1", "coupon.updated", MAY.plusSeconds(60)))
            .newest(Tables.COUPONS, "HALF");

    ObjectVersions.Outcome<Coupon> outcome =
        after(stored, limited(aCoupon()).event("evt_2", "coupon.created", MAY));

    assertThat(outcome.rows().size(), is(1));
    assertThat(outcome.rows().get(0).getChangedAt(), is(MAY.plusSeconds(60)));
    assertThat(outcome.rows().get(0).getAppliesTo().getProducts(), is(List.of("prod_1")));
  }

  @Test
  void soDoesWhatItHasOfAnotherDay() {
    Coupon stored =
        Versions.of(aCoupon().event("evt_1", "coupon.created", JANUARY))
            .newest(Tables.COUPONS, "HALF");

    ObjectVersions.Outcome<Coupon> outcome =
        after(stored, limited(aCoupon()).event("evt_2", "coupon.updated", MAY));

    assertThat(
        outcome.rows().stream().map(Coupon::getChangedAt).toList(), is(List.of(JANUARY, MAY)));
    assertThat(outcome.rows().get(0).getAppliesTo().getProducts(), is(List.of("prod_1")));
    assertThat(outcome.again(), is(1));
  }

  /** What a run makes of an object of which the warehouse has one row. */
  private static ObjectVersions.Outcome<Coupon> after(Coupon stored, StripeObject delivered) {
    Said said = new Said();
    Parsed.of(delivered).rows().stream()
        .filter(row -> row.getTable().equals(Tables.COUPONS.name()))
        .forEach(said::add);
    return ObjectVersions.of(Tables.COUPONS)
        .of(said, new ObjectVersions.Earlier<>(List.of(stored), day -> Optional.empty()));
  }

  @Test
  void aDeletionOfWhichOnlyTheIdIsToldKeepsThem() {
    Coupon stored =
        Versions.extractedOn("2024-03-31", limited(aCoupon())).newest(Tables.COUPONS, "HALF");
    VersionedRow stub =
        Parsed.of(
                StripeObject.of("{\"id\":\"HALF\",\"object\":\"coupon\",\"deleted\":true}")
                    .event("evt_2", "coupon.deleted", MAY))
            .rows()
            .stream()
            .filter(row -> row.kind() == VersionedRow.Kind.DELETION)
            .findFirst()
            .orElseThrow();
    List<Coupon> explained = new ArrayList<>();

    new ExplainedDeletions<>(Tables.COUPONS, new Holding(aCoupon().json(), stored))
        .explain(List.of(stub), explained::add, (deletion, violation) -> {});

    assertThat(explained.get(0).getAppliesTo().getProducts(), is(List.of("prod_1")));
    assertThat(explained.get(0).getValid(), is(false));
  }

  @Test
  void aPriceThatNobodyExpandedHasNone() {
    Price price =
        Versions.of(aPrice().event("evt_1", "price.created", JANUARY))
            .newest(Tables.PRICES, "price_1");

    assertThat(price.getTiers(), is(List.of()));
    assertThat(price.getCurrencyOptions(), is(List.of()));
  }

  private static StripeObject aCoupon() {
    return StripeObject.of(
        """
        {"id":"HALF","object":"coupon","created":0,"duration":"forever","percent_off":50,
         "times_redeemed":0,"valid":true,"livemode":true,"metadata":{}}
        """);
  }

  private static StripeObject limited(StripeObject coupon) {
    return coupon.with("applies_to", "{\"products\":[\"prod_1\"]}");
  }

  private static StripeObject aPrice() {
    return StripeObject.of(
        """
        {"id":"price_1","object":"price","created":0,"product":"prod_1","currency":"usd",
         "active":true,"type":"recurring","billing_scheme":"tiered","tiers_mode":"graduated",
         "recurring":{"interval":"month","interval_count":1,"usage_type":"licensed"},
         "livemode":true,"metadata":{}}
        """);
  }

  private static StripeObject expanded(StripeObject price) {
    return price
        .with("tiers", "[{\"unit_amount\":1000,\"up_to\":null}]")
        .with("currency_options", "{\"eur\":{\"unit_amount\":900}}");
  }

  /** A warehouse with one row, whose last payload lacks what the row has. */
  private record Holding(String payload, Coupon row) implements StoredStates {
    @Override
    public List<Stored> of(WarehouseTable<?> table, Collection<String> ids) {
      return List.of(new Stored("HALF", 1, payload));
    }

    @Override
    public <T> List<T> rows(WarehouseTable<T> table, Collection<String> ids) {
      return List.of(table.rowClass().cast(row));
    }
  }
}
