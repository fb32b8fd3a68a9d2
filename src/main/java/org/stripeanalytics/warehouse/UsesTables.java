package org.stripeanalytics.warehouse;

import java.util.List;
import org.stripeanalytics.contract.WarehouseTable;

/**
 * A step of a pipeline that reads or appends to tables, other than through a {@link Publication},
 * so that a graph can be asked what it uses.
 */
public interface UsesTables {
  default List<TableRead<?>> tableReads() {
    return List.of();
  }

  default List<WarehouseTable<?>> tablesAppended() {
    return List.of();
  }
}
