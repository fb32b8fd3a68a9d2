package org.stripeanalytics.fold.billing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.model.raw.CurrencyOption;
import org.stripeanalytics.model.raw.ItemPrice;
import org.stripeanalytics.model.raw.PriceTier;
import org.stripeanalytics.model.raw.Recurring;
import org.stripeanalytics.model.raw.SubscriptionItem;
import org.stripeanalytics.model.raw.TransformQuantity;

/**
 * What an item costs a year before discounts, in minor units of its subscription's currency: amount
 * × quantity × intervals a year, rounded once, half away from zero. 0 for what does not recur by
 * itself. Where an amount is unknown the item counts 0 and its price is named in a warning, once.
 */
public final class ListPrice {
  private static final Logger LOG = LoggerFactory.getLogger(ListPrice.class);

  private final Catalog catalog;
  private final Set<String> warned = new HashSet<>();

  public ListPrice(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * @param currency the subscription's
   * @param billed what invoices bill the subscription at that time, the oldest first
   */
  public long of(SubscriptionItem item, String currency, List<BilledPeriod> billed) {
    ItemPrice price = item.getPrice();
    Recurring recurring = price.getRecurring();
    if (recurring == null || !recurring.getUsageType().equals("licensed")) {
      return 0;
    }
    Optional<Amounts> amounts = amounts(price, currency);
    if (amounts.isPresent()) {
      BigDecimal everyInterval = amounts.get().of(units(item));
      return annualised(everyInterval, recurring.getInterval(), recurring.getIntervalCount());
    }
    Optional<BilledPeriod> last =
        isForeign(price, currency)
            ? billed.stream()
                .filter(period -> period.bills(item.getId(), currency))
                .reduce((older, newer) -> newer)
            : Optional.empty();
    if (last.isEmpty()) {
      warn(price, currency);
      return 0;
    }
    return last.get().annualised(recurring.getInterval());
  }

  /** Whether only an invoice can say what one of the items costs. */
  public boolean needsInvoices(List<SubscriptionItem> items, String currency) {
    return items.stream()
        .map(SubscriptionItem::getPrice)
        .anyMatch(price -> isForeign(price, currency) && amounts(price, currency).isEmpty());
  }

  /** Whether the price is in another currency than the subscription. */
  public static boolean isForeign(ItemPrice price, String currency) {
    return !price.getCurrency().equals(currency);
  }

  /**
   * @param everyInterval minor units
   * @param count how many intervals of that kind make the one that is paid for
   */
  public static long annualised(BigDecimal everyInterval, String interval, long count) {
    return everyInterval
        .multiply(BigDecimal.valueOf(intervalsPerYear(interval)))
        .divide(BigDecimal.valueOf(count), 0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  static long intervalsPerYear(String interval) {
    return switch (interval) {
      case "day" -> 365;
      case "week" -> 52;
      case "month" -> 12;
      case "year" -> 1;
      // One that Stripe has added since; the ingestion has warned of it.
      default -> 0;
    };
  }

  /** The item's quantity, or the packages that it makes. */
  private static long units(SubscriptionItem item) {
    long quantity = Optional.ofNullable(item.getQuantity()).orElse(1L);
    TransformQuantity packages = item.getPrice().getTransformQuantity();
    if (packages == null) {
      return quantity;
    }
    long whole = Math.floorDiv(quantity, packages.getDivideBy());
    boolean hasRest = Math.floorMod(quantity, packages.getDivideBy()) > 0;
    return packages.getRound().equals("up") && hasRest ? whole + 1 : whole;
  }

  /**
   * What the price charges in a currency. An item brings its price without tiers and options unless
   * somebody asked Stripe to expand them, so what is missing there is looked for in the catalogue.
   */
  private Optional<Amounts> amounts(ItemPrice price, String currency) {
    return Amounts.of(price, currency)
        .or(
            () ->
                Optional.ofNullable(catalog.prices().get(price.getId()))
                    .flatMap(known -> Amounts.of(known, currency)));
  }

  private void warn(ItemPrice price, String currency) {
    if (warned.add(price.getId() + currency)) {
      LOG.warn(
          "price {} counts 0 towards MRR: {}",
          price.getId(),
          isForeign(price, currency)
              ? "it is in %s, and neither its currency_options nor an invoice say what it is in %s"
                  .formatted(price.getCurrency(), currency)
              : "its tiers were not delivered, or it is of a kind that is not known");
    }
  }

  /**
   * Minor units of one currency.
   *
   * @param unit per unit
   * @param tiersMode graduated or volume; null for a price without tiers
   */
  private record Amounts(BigDecimal unit, @Nullable String tiersMode, List<PriceTier> tiers) {
    private static final Set<String> MODES = Set.of("graduated", "volume");

    /** Empty where they were not delivered. */
    static Optional<Amounts> of(ItemPrice price, String currency) {
      String mode = price.getBillingScheme().equals("tiered") ? price.getTiersMode() : null;
      Optional<Amounts> amounts =
          isForeign(price, currency)
              ? price.getCurrencyOptions().stream()
                  .filter(option -> option.getCurrency().equals(currency))
                  .filter(option -> mode != null || hasAmount(option))
                  .findFirst()
                  .map(option -> of(option, mode))
              : Optional.of(
                  new Amounts(
                      minor(price.getUnitAmount(), price.getUnitAmountDecimal()),
                      mode,
                      price.getTiers()));
      return switch (price.getBillingScheme()) {
        case "tiered" ->
            amounts.filter(of -> MODES.contains(String.valueOf(mode)) && !of.tiers().isEmpty());
        case "per_unit" -> amounts;
        default -> Optional.empty();
      };
    }

    private static boolean hasAmount(CurrencyOption option) {
      return option.getUnitAmount() != null || option.getUnitAmountDecimal() != null;
    }

    private static Amounts of(CurrencyOption option, @Nullable String mode) {
      return new Amounts(
          minor(option.getUnitAmount(), option.getUnitAmountDecimal()), mode, option.getTiers());
    }

    private static BigDecimal minor(@Nullable Long whole, @Nullable String decimal) {
      if (whole != null) {
        return BigDecimal.valueOf(whole);
      }
      return decimal == null ? BigDecimal.ZERO : new BigDecimal(decimal);
    }

    /** What a number of units costs every interval. */
    BigDecimal of(long units) {
      if (tiersMode == null) {
        return unit.multiply(BigDecimal.valueOf(units));
      }
      return tiersMode.equals("volume") ? byVolume(units) : graduated(units);
    }

    /** All units at what the tier of the last one charges. */
    private BigDecimal byVolume(long units) {
      PriceTier reached =
          tiers.stream()
              .filter(tier -> tier.getUpTo() == null || units <= tier.getUpTo())
              .findFirst()
              .orElse(tiers.get(tiers.size() - 1));
      return charge(reached, units);
    }

    /** Each unit at what its own tier charges; the first tier's flat amount is due in any case. */
    private BigDecimal graduated(long units) {
      BigDecimal sum = BigDecimal.ZERO;
      long below = 0;
      for (PriceTier tier : tiers) {
        long last = tier.getUpTo() == null ? units : Math.min(units, tier.getUpTo());
        if (last > below || below == 0) {
          sum = sum.add(charge(tier, last - below));
        }
        if (tier.getUpTo() == null || units <= tier.getUpTo()) {
          break;
        }
        below = tier.getUpTo();
      }
      return sum;
    }

    private static BigDecimal charge(PriceTier tier, long units) {
      return minor(tier.getUnitAmount(), tier.getUnitAmountDecimal())
          .multiply(BigDecimal.valueOf(units))
          .add(minor(tier.getFlatAmount(), tier.getFlatAmountDecimal()));
    }
  }
}
