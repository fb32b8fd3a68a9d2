package org.stripeanalytics.streaming;

import java.io.Serializable;
import java.time.LocalDate;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.intermediate.ReadCatalog;
import org.stripeanalytics.warehouse.SeedFile;
import org.stripeanalytics.warehouse.Warehouse;

/** Where a job that never ends gets the catalogue of today from. */
public interface CatalogSource extends Serializable {
  /**
   * The catalogue of products, prices and discounts.
   *
   * @param asOf first day not to look at
   */
  Catalog asOf(LocalDate asOf);

  /** That which ingestions keep in a warehouse. */
  static CatalogSource in(Warehouse warehouse) {
    return asOf ->
        Catalog.of(
            ReadCatalog.read(warehouse, asOf),
            SeedFile.of(Tables.FX_RATES).rows(),
            SeedFile.of(Tables.GEOGRAPHY).rows());
  }
}
