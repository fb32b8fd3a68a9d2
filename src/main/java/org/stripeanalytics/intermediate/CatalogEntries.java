package org.stripeanalytics.intermediate;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.intermediate.CatalogEntry.Kind;
import org.stripeanalytics.intermediate.DiscountTerms.Duration;

/** The newest entry of each kind and key, whatever the order in which they came. */
final class CatalogEntries implements Serializable {
  private final EnumMap<Kind, Map<String, CatalogEntry>> byKind = new EnumMap<>(Kind.class);

  void add(CatalogEntry entry) {
    byKind
        .computeIfAbsent(entry.getKind(), kind -> new HashMap<>())
        .merge(entry.getKey(), entry, (a, b) -> a.getChangedAt().isAfter(b.getChangedAt()) ? a : b);
  }

  void addAll(CatalogEntries other) {
    other.byKind.values().forEach(entries -> entries.values().forEach(this::add));
  }

  Catalog catalog() {
    return Catalog.of(
        values(Kind.PRODUCT, CatalogEntry::getText),
        values(Kind.DISCOUNT, this::terms),
        values(Kind.RATE, CatalogEntry::getNumber),
        values(Kind.REGION, CatalogEntry::getText),
        values(Kind.PRICE, CatalogEntry::getPrice));
  }

  /** Null for a discount that lacks its coupon or its start: it takes nothing off. */
  private @Nullable DiscountTerms terms(CatalogEntry discount) {
    CatalogEntry coupon =
        discount.getText() == null
            ? null
            : byKind.getOrDefault(Kind.COUPON, Map.of()).get(discount.getText());
    if (coupon == null || discount.getStart() == null) {
      return null;
    }
    return new DiscountTerms(
        discount.getKey(),
        discount.getStart(),
        discount.getEnd(),
        Duration.valueOf(coupon.getText().toUpperCase(Locale.ROOT)),
        coupon.getNumber(),
        coupon.getAmountOff(),
        coupon.getCurrency(),
        ImmutableSet.copyOf(coupon.getProducts()));
  }

  private <V> ImmutableMap<String, V> values(
      Kind kind, Function<CatalogEntry, @Nullable V> toValue) {
    ImmutableMap.Builder<String, V> values = ImmutableMap.builder();
    byKind
        .getOrDefault(kind, Map.of())
        .forEach(
            (key, entry) -> {
              V value = toValue.apply(entry);
              if (value != null) {
                values.put(key, value);
              }
            });
    return values.buildOrThrow();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CatalogEntries entries && byKind.equals(entries.byKind);
  }

  @Override
  public int hashCode() {
    return byKind.hashCode();
  }
}
