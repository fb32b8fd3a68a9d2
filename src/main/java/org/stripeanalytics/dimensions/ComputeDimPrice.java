package org.stripeanalytics.dimensions;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.intermediate.Catalog;
import org.stripeanalytics.model.SurrogateKey;
import org.stripeanalytics.model.dimensions.PriceMember;
import org.stripeanalytics.model.raw.Price;

/**
 * {@code dimensions.dim_price}: one row per price and the unknown member. Input: the newest version
 * of each price.
 */
public final class ComputeDimPrice
    extends PTransform<PCollection<Price>, PCollection<PriceMember>> {
  private final PCollectionView<Catalog> catalog;

  private ComputeDimPrice(PCollectionView<Catalog> catalog) {
    this.catalog = catalog;
  }

  /**
   * @param catalog knows which products there are
   */
  public static ComputeDimPrice of(PCollectionView<Catalog> catalog) {
    return new ComputeDimPrice(catalog);
  }

  @Override
  public PCollection<PriceMember> expand(PCollection<Price> prices) {
    return prices
        .apply("Describe", ParDo.of(new DescribeFn(catalog)).withSideInputs(catalog))
        .setCoder(Tables.DIM_PRICE.coder())
        .apply("AddUnknown", AddUnknown.of(Tables.DIM_PRICE, unknown()));
  }

  static PriceMember member(Price price, Catalog catalog) {
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

  static PriceMember unknown() {
    return PriceMember.builder()
        .setPriceKey(SurrogateKey.UNKNOWN)
        .setPriceId(Catalog.UNKNOWN)
        .setProductKey(SurrogateKey.UNKNOWN)
        .setType(Catalog.UNKNOWN)
        .setBillingScheme(Catalog.UNKNOWN)
        .setIsActive(false)
        .build();
  }

  private static final class DescribeFn extends DoFn<Price, PriceMember> {
    private final PCollectionView<Catalog> catalog;

    DescribeFn(PCollectionView<Catalog> catalog) {
      this.catalog = catalog;
    }

    @ProcessElement
    public void describe(ProcessContext context) {
      context.output(member(context.element(), context.sideInput(catalog)));
    }
  }
}
