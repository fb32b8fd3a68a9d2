package org.stripeanalytics.intermediate;

import java.time.LocalDate;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.seeds.FxRate;
import org.stripeanalytics.model.seeds.Geography;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Gathers the small tables into one {@link Catalog}, as a side input: products, prices, coupons and
 * discounts of the warehouse, each as its newest version before a day says, and the seeds.
 */
public final class ReadCatalog extends PTransform<PBegin, PCollectionView<Catalog>> {
  private final Warehouse warehouse;
  private final DataInterval known;
  private final PCollection<FxRate> rates;
  private final PCollection<Geography> countries;

  private ReadCatalog(
      Warehouse warehouse,
      DataInterval known,
      PCollection<FxRate> rates,
      PCollection<Geography> countries) {
    this.warehouse = warehouse;
    this.known = known;
    this.rates = rates;
    this.countries = countries;
  }

  /**
   * @param asOf first day not to look at
   */
  public static ReadCatalog of(
      Warehouse warehouse,
      LocalDate asOf,
      PCollection<FxRate> rates,
      PCollection<Geography> countries) {
    return new ReadCatalog(warehouse, ReadChanges.before(asOf), rates, countries);
  }

  @Override
  public PCollectionView<Catalog> expand(PBegin begin) {
    return PCollectionList.of(read(begin, "Products", Tables.PRODUCTS, CatalogEntry::of))
        .and(read(begin, "Prices", Tables.PRICES, CatalogEntry::of))
        .and(read(begin, "Coupons", Tables.COUPONS, CatalogEntry::of))
        .and(read(begin, "Discounts", Tables.DISCOUNTS, CatalogEntry::of))
        .and(rates.apply("EnterRates", entries(CatalogEntry::of)))
        .and(countries.apply("EnterCountries", entries(CatalogEntry::of)))
        .apply("FlattenEntries", Flatten.pCollections())
        .apply("CombineEntries", Combine.globally(new CollectCatalogFn()).withoutDefaults())
        // Without a default: the seeds are always in it, and a fold that does not get it has to
        // fail instead of finding every plan unknown.
        .apply("Catalog", View.asSingleton());
  }

  private <T> PCollection<CatalogEntry> read(
      PBegin begin,
      String name,
      WarehouseTable<T> table,
      SerializableFunction<T, CatalogEntry> toEntry) {
    return begin
        .apply("Read" + name, warehouse.read(TableRead.of(table).during(known)))
        .apply("Enter" + name, entries(toEntry));
  }

  private static <T> MapElements<T, CatalogEntry> entries(
      SerializableFunction<T, CatalogEntry> toEntry) {
    return MapElements.into(TypeDescriptor.of(CatalogEntry.class)).via(toEntry);
  }

  private static final class CollectCatalogFn
      extends CombineFn<CatalogEntry, CatalogEntries, Catalog> {

    @Override
    public CatalogEntries createAccumulator() {
      return new CatalogEntries();
    }

    @Override
    public CatalogEntries addInput(CatalogEntries entries, CatalogEntry entry) {
      entries.add(entry);
      return entries;
    }

    @Override
    public CatalogEntries mergeAccumulators(Iterable<CatalogEntries> accumulators) {
      CatalogEntries merged = new CatalogEntries();
      accumulators.forEach(merged::addAll);
      return merged;
    }

    @Override
    public Catalog extractOutput(CatalogEntries entries) {
      return entries.catalog();
    }

    @Override
    public Coder<CatalogEntries> getAccumulatorCoder(
        CoderRegistry registry, Coder<CatalogEntry> input) {
      return SerializableCoder.of(CatalogEntries.class);
    }

    @Override
    public Coder<Catalog> getDefaultOutputCoder(CoderRegistry registry, Coder<CatalogEntry> input) {
      return SerializableCoder.of(Catalog.class);
    }
  }
}
