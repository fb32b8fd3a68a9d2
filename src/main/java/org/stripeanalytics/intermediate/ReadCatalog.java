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
import org.stripeanalytics.intermediate.CatalogEntry.Kind;
import org.stripeanalytics.model.raw.Product;
import org.stripeanalytics.model.seeds.FxRate;
import org.stripeanalytics.model.seeds.Geography;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Gathers the small tables into one {@link Catalog}, as a side input: the products of the
 * warehouse, whose newest version names them, and the seeds.
 */
public final class ReadCatalog extends PTransform<PBegin, PCollectionView<Catalog>> {
  private final Warehouse warehouse;
  private final PCollection<FxRate> rates;
  private final PCollection<Geography> countries;

  private ReadCatalog(
      Warehouse warehouse, PCollection<FxRate> rates, PCollection<Geography> countries) {
    this.warehouse = warehouse;
    this.rates = rates;
    this.countries = countries;
  }

  public static ReadCatalog of(
      Warehouse warehouse, PCollection<FxRate> rates, PCollection<Geography> countries) {
    return new ReadCatalog(warehouse, rates, countries);
  }

  @Override
  public PCollectionView<Catalog> expand(PBegin begin) {
    PCollection<CatalogEntry> names =
        begin
            .apply("ReadProducts", warehouse.read(TableRead.of(Tables.PRODUCTS)))
            .apply("NameProducts", entries(ReadCatalog::name));
    return PCollectionList.of(names)
        .and(rates.apply("RateCurrencies", entries(ReadCatalog::rate)))
        .and(countries.apply("PlaceCountries", entries(ReadCatalog::region)))
        .apply("FlattenEntries", Flatten.pCollections())
        .apply("CombineEntries", Combine.globally(new CollectCatalogFn()).asSingletonView());
  }

  private static <T> MapElements<T, CatalogEntry> entries(
      SerializableFunction<T, CatalogEntry> toEntry) {
    return MapElements.into(TypeDescriptor.of(CatalogEntry.class)).via(toEntry);
  }

  private static CatalogEntry name(Product product) {
    return CatalogEntry.of(
        Kind.PRODUCT_NAME, product.getId(), product.getName(), product.getChangedAt());
  }

  private static CatalogEntry rate(FxRate rate) {
    return CatalogEntry.of(
        Kind.RATE, rate.getCurrency(), rate.getRate().toPlainString(), Instant.EPOCH);
  }

  private static CatalogEntry region(Geography country) {
    return CatalogEntry.of(Kind.REGION, country.getCountry(), country.getRegion(), Instant.EPOCH);
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
