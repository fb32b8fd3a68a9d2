package org.stripeanalytics.synthesis.account;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import java.util.Map;
import org.stripeanalytics.model.raw.Coupon;
import org.stripeanalytics.model.raw.ItemPrice;
import org.stripeanalytics.model.raw.Price;
import org.stripeanalytics.model.raw.Product;
import org.stripeanalytics.model.raw.Recurring;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.history.Journal;
import org.stripeanalytics.synthesis.history.StripeId;
import org.stripeanalytics.synthesis.profile.Profile;

/** What the account sells, and its coupons: all there from the first instant of the history. */
public final class Catalogue {

  /**
   * One plan.
   *
   * @param rank 0 for the cheapest
   */
  public record Plan(
      String name, int rank, Profile.Plan terms, ItemPrice monthly, ItemPrice yearly) {

    public ItemPrice price(boolean annual) {
      return annual ? yearly : monthly;
    }
  }

  private final ImmutableMap<String, Plan> plans;
  private final Profile profile;
  private final RandomStream account;
  private final Instant created;

  Catalogue(Profile profile, RandomStream account, String token, Instant created) {
    this.profile = profile;
    this.account = account;
    this.created = created;
    ImmutableMap.Builder<String, Plan> byName = ImmutableMap.builder();
    int rank = 0;
    for (Map.Entry<String, Profile.Plan> entry : profile.plans().entrySet()) {
      RandomStream stream = account.fork("product " + entry.getKey());
      Profile.Plan terms = entry.getValue();
      String product = StripeId.PRODUCT.of(stream, token, created);
      byName.put(
          entry.getKey(),
          new Plan(
              entry.getKey(),
              rank++,
              terms,
              price(stream.fork("month"), token, product, terms.monthlyPrice(), "month"),
              price(stream.fork("year"), token, product, terms.yearlyPrice(), "year")));
    }
    plans = byName.buildOrThrow();
  }

  Instant created() {
    return created;
  }

  Plan plan(String name) {
    return plans.get(name);
  }

  /** The plan that is dearer or cheaper by one; the plan itself at either end. */
  public Plan next(Plan plan, int steps) {
    ImmutableList<Plan> ordered = plans.values().asList();
    return ordered.get(Math.max(0, Math.min(plan.rank() + steps, ordered.size() - 1)));
  }

  /** Writes down the products and prices: they exist before the first customer. */
  public void record(Journal journal) {
    for (Plan plan : plans.values()) {
      journal.record(
          created,
          Product.builder()
              .setId(plan.monthly().getProduct())
              .setCreated(created)
              .setUpdated(created)
              .setActive(true)
              .setName(plan.terms().product())
              .setDescription(plan.terms().description())
              .setType("service")
              .setLivemode(true),
          "product.created");
      journal.record(created, row(plan.monthly(), plan.name() + "_monthly"), "price.created");
      journal.record(created, row(plan.yearly(), plan.name() + "_yearly"), "price.created");
    }
  }

  Coupon.Builder coupon(String code, Profile.Offer offer) {
    return Coupon.builder()
        .setId(code)
        .setCreated(created)
        .setName(offer.name())
        .setDuration(offer.duration())
        .setDurationInMonths(offer.months() == null ? null : (long) offer.months())
        .setPercentOff(offer.percentOff())
        .setAmountOff(offer.amountOff())
        .setCurrency(offer.amountOff() == null ? null : profile.account().currency())
        .setTimesRedeemed(0)
        .setValid(true)
        .setLivemode(true);
  }

  private ItemPrice price(
      RandomStream stream, String token, String product, long amount, String interval) {
    return ItemPrice.builder()
        .setId(StripeId.PRICE.of(stream, token, created))
        .setProduct(product)
        .setCurrency(profile.account().currency())
        .setType("recurring")
        .setBillingScheme("per_unit")
        .setUnitAmount(amount)
        .setUnitAmountDecimal(Long.toString(amount))
        .setRecurring(
            Recurring.builder()
                .setInterval(interval)
                .setIntervalCount(1)
                .setUsageType("licensed")
                .build())
        .build();
  }

  private Price.Builder row(ItemPrice price, String lookupKey) {
    return Price.builder()
        .setId(price.getId())
        .setCreated(created)
        .setActive(true)
        .setCurrency(price.getCurrency())
        .setProduct(price.getProduct())
        .setType(price.getType())
        .setBillingScheme(price.getBillingScheme())
        .setUnitAmount(price.getUnitAmount())
        .setUnitAmountDecimal(price.getUnitAmountDecimal())
        .setLookupKey(lookupKey)
        .setTaxBehavior("unspecified")
        .setRecurring(price.getRecurring())
        .setLivemode(true);
  }
}
