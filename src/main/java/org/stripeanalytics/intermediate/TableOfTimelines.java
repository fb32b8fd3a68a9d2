package org.stripeanalytics.intermediate;

import java.io.Serializable;
import java.util.Collection;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.warehouse.RowSink;

/** A table whose rows are a plain function of each customer's timeline. */
record TableOfTimelines<RowT>(
    WarehouseTable<RowT> table, SerializableFunction<CustomerTimeline, Collection<RowT>> rows)
    implements Serializable {

  void put(CustomerTimeline timeline, RowSink sink) {
    rows.apply(timeline).forEach(row -> sink.put(table, row));
  }
}
