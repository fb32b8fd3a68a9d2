package org.stripeanalytics.dimensions;

import java.util.Locale;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.intermediate.Catalog;
import org.stripeanalytics.model.SurrogateKey;
import org.stripeanalytics.model.dimensions.ProductMember;
import org.stripeanalytics.model.raw.Product;

/**
 * {@code dimensions.dim_product}: one row per product and the unknown member. Input: the newest
 * version of each product.
 */
public final class ComputeDimProduct
    extends PTransform<PCollection<Product>, PCollection<ProductMember>> {

  private ComputeDimProduct() {}

  public static ComputeDimProduct create() {
    return new ComputeDimProduct();
  }

  @Override
  public PCollection<ProductMember> expand(PCollection<Product> rows) {
    return rows.apply(
            "Describe",
            MapElements.into(TypeDescriptor.of(ProductMember.class)).via(ComputeDimProduct::member))
        .setCoder(Tables.DIM_PRODUCT.coder())
        .apply("AddUnknown", AddUnknown.of(Tables.DIM_PRODUCT, unknown()));
  }

  static ProductMember member(Product product) {
    return ProductMember.builder()
        .setProductKey(SurrogateKey.of(product.getId()))
        .setProductId(product.getId())
        .setName(product.getName())
        .setPlan(product.getName().toLowerCase(Locale.ROOT))
        .setIsActive(product.getActive())
        .setCreatedAt(product.getCreated())
        .build();
  }

  static ProductMember unknown() {
    return ProductMember.builder()
        .setProductKey(SurrogateKey.UNKNOWN)
        .setProductId(Catalog.UNKNOWN)
        .setName(Catalog.UNKNOWN)
        .setPlan(Catalog.UNKNOWN)
        .setIsActive(false)
        .build();
  }
}
