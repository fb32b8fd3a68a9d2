package org.stripeanalytics.intermediate;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.collect.ImmutableMap;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.intermediate.CatalogEntry.Kind;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Reads the small tables whole into one {@link Catalog}, as a side input. Of a product's versions
 * the newest names it.
 */
public final class ReadCatalog extends PTransform<PBegin, PCollectionView<Catalog>> {
  private final Warehouse warehouse;

  private ReadCatalog(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  public static ReadCatalog from(Warehouse warehouse) {
    return new ReadCatalog(warehouse);
  }

  @Override
  public PCollectionView<Catalog> expand(PBegin begin) {
    return PCollectionList.of(
            entries(
                begin,
                Tables.PRODUCTS,
                product ->
                    CatalogEntry.of(
                        Kind.PRODUCT_NAME,
                        product.getId(),
                        product.getName(),
                        product.getChangedAt())))
        .and(
            entries(
                begin,
                Tables.FX_RATES,
                rate ->
                    CatalogEntry.of(
                        Kind.RATE,
                        rate.getCurrency(),
                        rate.getRate().toPlainString(),
                        Instant.EPOCH)))
        .and(
            entries(
                begin,
                Tables.GEOGRAPHY,
                country ->
                    CatalogEntry.of(
                        Kind.REGION, country.getCountry(), country.getRegion(), Instant.EPOCH)))
        .apply("FlattenEntries", Flatten.pCollections())
        .apply("CombineEntries", Combine.globally(new CollectCatalogFn()).asSingletonView());
  }

  private <T> PCollection<CatalogEntry> entries(
      PBegin begin, WarehouseTable<T> table, SerializableFunction<T, CatalogEntry> toEntry) {
    String name = table.contract().table();
    return begin
        .apply("Read " + name, warehouse.read(TableRead.of(table)))
        .apply(
            "ToEntries " + name,
            MapElements.into(TypeDescriptor.of(CatalogEntry.class)).via(toEntry));
  }

  private static final class CollectCatalogFn
      extends CombineFn<CatalogEntry, CollectCatalogFn.Entries, Catalog> {

    /** The newest entry of each kind and key. */
    static final class Entries implements Serializable {
      private final EnumMap<Kind, Map<String, Versioned>> byKind = new EnumMap<>(Kind.class);

      private record Versioned(String value, Instant changedAt) implements Serializable {}

      void add(Kind kind, String key, Versioned next) {
        byKind
            .computeIfAbsent(kind, k -> new HashMap<>())
            .merge(key, next, (a, b) -> a.changedAt().isAfter(b.changedAt()) ? a : b);
      }

      void addAll(Entries other) {
        other.byKind.forEach((kind, map) -> map.forEach((key, value) -> add(kind, key, value)));
      }

      @Override
      public boolean equals(Object other) {
        return other instanceof Entries entries && byKind.equals(entries.byKind);
      }

      @Override
      public int hashCode() {
        return byKind.hashCode();
      }

      <V> ImmutableMap<String, V> values(Kind kind, Function<String, V> parse) {
        return byKind.getOrDefault(kind, Map.of()).entrySet().stream()
            .collect(
                toImmutableMap(Map.Entry::getKey, entry -> parse.apply(entry.getValue().value())));
      }
    }

    @Override
    public Entries createAccumulator() {
      return new Entries();
    }

    @Override
    public Entries addInput(Entries entries, CatalogEntry entry) {
      entries.add(
          entry.getKind(),
          entry.getKey(),
          new Entries.Versioned(entry.getValue(), entry.getChangedAt()));
      return entries;
    }

    @Override
    public Entries mergeAccumulators(Iterable<Entries> accumulators) {
      Entries merged = new Entries();
      accumulators.forEach(merged::addAll);
      return merged;
    }

    @Override
    public Catalog extractOutput(Entries entries) {
      return Catalog.of(
          entries.values(Kind.PRODUCT_NAME, Function.identity()),
          ImmutableMap.of(),
          entries.values(Kind.RATE, BigDecimal::new),
          entries.values(Kind.REGION, Function.identity()));
    }

    @Override
    public Coder<Entries> getAccumulatorCoder(CoderRegistry registry, Coder<CatalogEntry> input) {
      return SerializableCoder.of(Entries.class);
    }

    @Override
    public Coder<Catalog> getDefaultOutputCoder(CoderRegistry registry, Coder<CatalogEntry> input) {
      return SerializableCoder.of(Catalog.class);
    }
  }
}
