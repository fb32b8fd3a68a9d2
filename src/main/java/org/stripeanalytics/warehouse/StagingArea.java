package org.stripeanalytics.warehouse;

import java.io.Serializable;
import org.stripeanalytics.contract.WarehouseTable;

/** Where the rows of a publication wait until it publishes them. Travels to workers. */
public interface StagingArea extends Serializable {

  /** Somewhere for one table's rows of one bundle after the other. */
  <T> StagingBatch<T> batch(WarehouseTable<T> table);
}
