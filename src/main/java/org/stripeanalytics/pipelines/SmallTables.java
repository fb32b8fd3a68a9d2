package org.stripeanalytics.pipelines;

import static org.stripeanalytics.contract.Tables.BENCHMARKS;
import static org.stripeanalytics.contract.Tables.DIM_CHANNEL;
import static org.stripeanalytics.contract.Tables.DIM_CUSTOMER;
import static org.stripeanalytics.contract.Tables.DIM_DATE;
import static org.stripeanalytics.contract.Tables.DIM_GEOGRAPHY;
import static org.stripeanalytics.contract.Tables.DIM_PRICE;
import static org.stripeanalytics.contract.Tables.DIM_PRODUCT;
import static org.stripeanalytics.contract.Tables.DIM_SUBSCRIPTION;
import static org.stripeanalytics.contract.Tables.FOLDED_MONTHS;
import static org.stripeanalytics.contract.Tables.FX_RATES;
import static org.stripeanalytics.contract.Tables.GEOGRAPHY;
import static org.stripeanalytics.contract.Tables.HOLIDAYS;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.function.Consumer;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.dimensions.ComputeDimChannel;
import org.stripeanalytics.dimensions.ComputeDimCustomer;
import org.stripeanalytics.dimensions.ComputeDimDate;
import org.stripeanalytics.dimensions.ComputeDimGeography;
import org.stripeanalytics.dimensions.ComputeDimPrice;
import org.stripeanalytics.dimensions.ComputeDimProduct;
import org.stripeanalytics.dimensions.ComputeDimSubscription;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.CatalogTables;
import org.stripeanalytics.intermediate.ComputeFoldedMonths;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.RowGenerator;
import org.stripeanalytics.warehouse.RowSink;
import org.stripeanalytics.warehouse.SeedFile;

/**
 * Makes the tables that no customer has a part in: the seeds, the dimensions of small things, and
 * the unknown members of the others. All of it is done on one element, and what comes out besides
 * is the catalog in which the fold looks things up.
 *
 * @param months the days that are folded
 * @param fiscalYearStart the month in which the fiscal year begins, 1 to 12
 * @param open only those tables that a month may change
 */
record SmallTables(DataInterval months, int fiscalYearStart, boolean open)
    implements RowGenerator<CatalogTables, Catalog> {
  private static final ImmutableSet<WarehouseTable<?>> ALL =
      ImmutableSet.of(
          FX_RATES,
          GEOGRAPHY,
          HOLIDAYS,
          BENCHMARKS,
          FOLDED_MONTHS,
          DIM_DATE,
          DIM_GEOGRAPHY,
          DIM_PRODUCT,
          DIM_PRICE,
          DIM_CHANNEL,
          DIM_CUSTOMER,
          DIM_SUBSCRIPTION);

  private static final ImmutableSet<WarehouseTable<?>> OF_OPEN_MONTH =
      ImmutableSet.of(FOLDED_MONTHS, DIM_PRODUCT, DIM_PRICE);

  ImmutableSet<WarehouseTable<?>> tables() {
    return open ? OF_OPEN_MONTH : ALL;
  }

  @Override
  public void generate(CatalogTables tables, RowSink rows, Consumer<Catalog> aside) {
    Catalog catalog =
        Catalog.of(tables, SeedFile.of(FX_RATES).rows(), SeedFile.of(GEOGRAPHY).rows());
    putAll(FOLDED_MONTHS, ComputeFoldedMonths.rows(months), rows);
    putAll(DIM_PRODUCT, ComputeDimProduct.rows(tables.getProducts()), rows);
    putAll(DIM_PRICE, ComputeDimPrice.rows(tables.getPrices(), catalog), rows);
    if (!open) {
      putFixed(rows);
    }
    aside.accept(catalog);
  }

  /** What no data changes. */
  private void putFixed(RowSink rows) {
    putAll(FX_RATES, SeedFile.of(FX_RATES).rows(), rows);
    putAll(GEOGRAPHY, SeedFile.of(GEOGRAPHY).rows(), rows);
    putAll(HOLIDAYS, SeedFile.of(HOLIDAYS).rows(), rows);
    putAll(BENCHMARKS, SeedFile.of(BENCHMARKS).rows(), rows);
    putAll(DIM_DATE, ComputeDimDate.rows(fiscalYearStart, SeedFile.of(HOLIDAYS).rows()), rows);
    putAll(DIM_GEOGRAPHY, ComputeDimGeography.rows(SeedFile.of(GEOGRAPHY).rows()), rows);
    rows.put(DIM_CHANNEL, ComputeDimChannel.unknown());
    rows.put(DIM_CUSTOMER, ComputeDimCustomer.unknown());
    rows.put(DIM_SUBSCRIPTION, ComputeDimSubscription.unknown());
  }

  private static <T> void putAll(WarehouseTable<T> table, List<T> made, RowSink rows) {
    made.forEach(row -> rows.put(table, row));
  }
}
