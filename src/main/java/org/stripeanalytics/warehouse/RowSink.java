package org.stripeanalytics.warehouse;

import org.stripeanalytics.contract.WarehouseTable;

/** Takes rows of several tables. */
public interface RowSink {
  <T> void put(WarehouseTable<T> table, T row);
}
