package org.stripeanalytics.fold.terms;

import static java.util.stream.Collectors.toMap;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.CurrencyExponent;
import org.stripeanalytics.model.raw.Coupon;
import org.stripeanalytics.model.raw.Discount;
import org.stripeanalytics.model.raw.ItemPrice;
import org.stripeanalytics.model.raw.Price;
import org.stripeanalytics.model.raw.Product;
import org.stripeanalytics.model.seeds.FxRate;
import org.stripeanalytics.model.seeds.Geography;

/**
 * The small tables that every customer's fold looks things up in.
 *
 * @param productNames by product id
 * @param discounts by discount id
 * @param rates reporting-currency major units for one major unit, by lower-case currency
 * @param regions by two-letter country code
 * @param prices by price id
 * @param ads what advertising platforms call things
 */
public record Catalog(
    ImmutableMap<String, String> productNames,
    ImmutableMap<String, DiscountTerms> discounts,
    ImmutableMap<String, BigDecimal> rates,
    ImmutableMap<String, String> regions,
    ImmutableMap<String, ItemPrice> prices,
    AdObjects ads)
    implements Serializable {

  /** What a customer's attribute is called where nothing is known of it. */
  public static final String UNKNOWN = "unknown";

  public static Catalog of(
      Map<String, String> productNames,
      Map<String, DiscountTerms> discounts,
      Map<String, BigDecimal> rates,
      Map<String, String> regions,
      Map<String, ItemPrice> prices) {
    return new Catalog(
        ImmutableMap.copyOf(productNames),
        ImmutableMap.copyOf(discounts),
        ImmutableMap.copyOf(rates),
        ImmutableMap.copyOf(regions),
        ImmutableMap.copyOf(prices),
        AdObjects.NONE);
  }

  /** The same with these accounts, campaigns and ads. */
  public Catalog with(AdObjects known) {
    return new Catalog(productNames, discounts, rates, regions, prices, known);
  }

  /**
   * Of the newest versions and the seeds. A discount whose coupon is not known takes nothing off,
   * and is left out.
   */
  public static Catalog of(CatalogTables tables, List<FxRate> rates, List<Geography> countries) {
    ImmutableMap<String, Coupon> coupons = Maps.uniqueIndex(tables.getCoupons(), Coupon::getId);
    Catalog catalog =
        of(
            tables.getProducts().stream().collect(toMap(Product::getId, Product::getName)),
            tables.getDiscounts().stream()
                .filter(d -> coupons.get(d.getCoupon()) != null)
                .collect(
                    toMap(Discount::getId, d -> DiscountTerms.of(d, coupons.get(d.getCoupon())))),
            rates.stream().collect(toMap(FxRate::getCurrency, FxRate::getRate)),
            countries.stream().collect(toMap(Geography::getCountry, Geography::getRegion)),
            tables.getPrices().stream().collect(toMap(Price::getId, Catalog::terms)));
    return catalog.with(AdObjects.of(tables.getAdObjects()));
  }

  private static ItemPrice terms(Price price) {
    return ItemPrice.builder()
        .setId(price.getId())
        .setProduct(price.getProduct())
        .setCurrency(price.getCurrency())
        .setType(price.getType())
        .setBillingScheme(price.getBillingScheme())
        .setUnitAmount(price.getUnitAmount())
        .setUnitAmountDecimal(price.getUnitAmountDecimal())
        .setRecurring(price.getRecurring())
        .setTransformQuantity(price.getTransformQuantity())
        .setTiersMode(price.getTiersMode())
        .setTiers(price.getTiers())
        .setCurrencyOptions(price.getCurrencyOptions())
        .build();
  }

  /** Whether the dimension of products has it. */
  public boolean knowsProduct(@Nullable String product) {
    return product != null && productNames.containsKey(product);
  }

  /** Whether the dimension of prices has it. */
  public boolean knowsPrice(@Nullable String price) {
    return price != null && prices.containsKey(price);
  }

  /** The plan a product is: its name in lower case. */
  public String plan(String product) {
    String name = productNames.get(product);
    return name == null ? UNKNOWN : name.toLowerCase(Locale.ROOT);
  }

  public String region(@Nullable String country) {
    return country == null ? UNKNOWN : regions.getOrDefault(country, UNKNOWN);
  }

  /** The discounts of the given ids that are known, in the order of the ids. */
  public List<DiscountTerms> discounts(List<String> ids) {
    return ids.stream().map(discounts::get).filter(Objects::nonNull).toList();
  }

  /**
   * Converts at the currencies' constant rates, rounding once, half away from zero. The rates are
   * to the currency whose own is 1; one without a rate is taken to be it.
   *
   * @throws IllegalStateException naming a currency that has no rate
   */
  public long convert(long minor, String currency, String reportingCurrency) {
    if (minor == 0 || currency.equals(reportingCurrency)) {
      return minor;
    }
    BigDecimal rate = rates.get(currency);
    if (rate == null) {
      throw new IllegalStateException(
          "seeds.fx_rates has no row for the currency " + currency + "; add one and run again");
    }
    int shift = CurrencyExponent.of(reportingCurrency) - CurrencyExponent.of(currency);
    return rate.multiply(BigDecimal.valueOf(minor))
        .scaleByPowerOfTen(shift)
        .divide(rates.getOrDefault(reportingCurrency, BigDecimal.ONE), 0, RoundingMode.HALF_UP)
        .longValueExact();
  }
}
