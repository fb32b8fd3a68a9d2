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
  /** No version is of this day. */
  LocalDate NEVER = LocalDate.of(9999, 1, 1);

  /** The catalogue of products, prices and discounts, as it is known now. */
  Catalog now();

  /** That which ingestions keep in a warehouse. */
  static CatalogSource in(Warehouse warehouse) {
    return () ->
        Catalog.of(
            ReadCatalog.read(warehouse, NEVER),
            SeedFile.of(Tables.FX_RATES).rows(),
            SeedFile.of(Tables.GEOGRAPHY).rows());
  }
}
