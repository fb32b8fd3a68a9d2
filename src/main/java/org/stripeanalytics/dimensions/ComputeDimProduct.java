package org.stripeanalytics.dimensions;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.model.SurrogateKey;
import org.stripeanalytics.model.dimensions.ProductMember;
import org.stripeanalytics.model.raw.Product;

/** {@code dimensions.dim_product}: one row per product and the unknown member. */
public final class ComputeDimProduct {

  /**
   * @param products the newest version of each
   */
  public static List<ProductMember> rows(List<Product> products) {
    return Stream.concat(products.stream().map(ComputeDimProduct::member), Stream.of(unknown()))
        .toList();
  }

  private static ProductMember member(Product product) {
    return ProductMember.builder()
        .setProductKey(SurrogateKey.of(product.getId()))
        .setProductId(product.getId())
        .setName(product.getName())
        .setPlan(product.getName().toLowerCase(Locale.ROOT))
        .setIsActive(product.getActive())
        .setCreatedAt(product.getCreated())
        .build();
  }

  private static ProductMember unknown() {
    return ProductMember.builder()
        .setProductKey(SurrogateKey.UNKNOWN)
        .setProductId(Catalog.UNKNOWN)
        .setName(Catalog.UNKNOWN)
        .setPlan(Catalog.UNKNOWN)
        .setIsActive(false)
        .build();
  }

  private ComputeDimProduct() {}
}
