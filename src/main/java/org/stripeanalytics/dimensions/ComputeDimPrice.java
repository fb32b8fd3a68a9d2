package org.stripeanalytics.dimensions;

import java.util.List;
import java.util.stream.Stream;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.model.SurrogateKey;
import org.stripeanalytics.model.dimensions.PriceMember;
import org.stripeanalytics.model.raw.Price;

/** {@code dimensions.dim_price}: one row per price and the unknown member. */
public final class ComputeDimPrice {

  /**
   * @param prices the newest version of each
   * @param catalog knows which products there are
   */
  public static List<PriceMember> rows(List<Price> prices, Catalog catalog) {
    return Stream.concat(prices.stream().map(price -> member(price, catalog)), Stream.of(unknown()))
        .toList();
  }

  private static PriceMember member(Price price, Catalog catalog) {
    PriceMember.Builder member =
        PriceMember.builder()
            .setPriceKey(SurrogateKey.of(price.getId()))
            .setPriceId(price.getId())
            .setProductKey(
                SurrogateKey.orUnknown(
                    price.getProduct(), catalog.knowsProduct(price.getProduct())))
            .setNickname(price.getNickname())
            .setCurrency(price.getCurrency())
            .setUnitAmountMinor(price.getUnitAmount())
            .setType(price.getType())
            .setBillingScheme(price.getBillingScheme())
            .setIsActive(price.getActive())
            .setCreatedAt(price.getCreated());
    if (price.getRecurring() != null) {
      member
          .setRecurringInterval(price.getRecurring().getInterval())
          .setRecurringIntervalCount(price.getRecurring().getIntervalCount())
          .setUsageType(price.getRecurring().getUsageType());
    }
    return member.build();
  }

  private static PriceMember unknown() {
    return PriceMember.builder()
        .setPriceKey(SurrogateKey.UNKNOWN)
        .setPriceId(Catalog.UNKNOWN)
        .setProductKey(SurrogateKey.UNKNOWN)
        .setType(Catalog.UNKNOWN)
        .setBillingScheme(Catalog.UNKNOWN)
        .setIsActive(false)
        .build();
  }

  private ComputeDimPrice() {}
}
