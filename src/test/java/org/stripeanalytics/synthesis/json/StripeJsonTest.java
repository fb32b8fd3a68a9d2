package org.stripeanalytics.synthesis.json;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.raw.Coupon;
import org.stripeanalytics.model.raw.CouponAppliesTo;
import org.stripeanalytics.model.raw.Discount;

class StripeJsonTest {
  private static final Instant NOW = Instant.parse("2024-02-29T12:00:00Z");
  private final StripeJson json =
      new StripeJson(Map.of("account_country", "US", "account_name", "Ours", "created", 1L));

  @Test
  void keysThatMayBeNullAreThereAndOptionalOnesAreNot() {
    assertThat(
        text(aCoupon().setPercentOff(new BigDecimal("12.50"))),
        is(
            """
            {"id":"WELCOME","object":"coupon","amount_off":null,"created":1709208000,\
            "currency":null,"duration":"once","duration_in_months":null,"livemode":true,\
            "max_redemptions":null,"metadata":{},"name":"20 % \\"off\\" – für dich",\
            "percent_off":12.5,"redeem_by":null,"times_redeemed":3,"valid":true}"""));
  }

  @Test
  void previousAttributesAreTheReplacedValues() {
    RenderedObject before = rendered(aCoupon());
    RenderedObject after = rendered(aCoupon().setTimesRedeemed(4).setName(null));
    JsonBytes out = new JsonBytes();

    before.previousAttributes(after, out);

    assertThat(
        out.toString(), is("{\"name\":\"20 % \\\"off\\\" – für dich\",\"times_redeemed\":3}"));
  }

  @Test
  void aKeyThatWasNotThereBeforeWasNull() {
    Coupon.Builder limited =
        aCoupon().setAppliesTo(CouponAppliesTo.builder().setProducts(List.of("prod_1")).build());
    JsonBytes out = new JsonBytes();

    rendered(aCoupon()).previousAttributes(rendered(limited), out);

    assertThat(out.toString(), is("{\"applies_to\":null}"));
  }

  @Test
  void aDiscountThatWasRemovedIsInItsEventAsItWas() {
    Discount.Builder discount =
        Discount.builder()
            .setId("di_1")
            .setStart(NOW)
            .setEnd(NOW.plusSeconds(60))
            .setSnapshotDate(LocalDate.EPOCH)
            .setChangedAt(NOW)
            .setSource("synthetic");

    String removed =
        json.render(Tables.DISCOUNTS, discount.setDeleted(true).build(), Related.NOTHING)
            .toString();

    assertThat(removed, containsString("\"end\":1709208060"));
    assertThat(removed, not(containsString("deleted")));
  }

  private static Coupon.Builder aCoupon() {
    return Coupon.builder()
        .setId("WELCOME")
        .setCreated(NOW)
        .setName("20 % \"off\" – für dich")
        .setDuration("once")
        .setTimesRedeemed(3)
        .setValid(true)
        .setLivemode(true)
        .setSnapshotDate(LocalDate.EPOCH)
        .setChangedAt(NOW)
        .setSource("synthetic");
  }

  private RenderedObject rendered(Coupon.Builder coupon) {
    return json.render(Tables.COUPONS, coupon.build(), Related.NOTHING);
  }

  private String text(Coupon.Builder coupon) {
    JsonBytes out = new JsonBytes();
    json.write(Tables.COUPONS, coupon.build(), Related.NOTHING, out);
    return out.toString();
  }
}
