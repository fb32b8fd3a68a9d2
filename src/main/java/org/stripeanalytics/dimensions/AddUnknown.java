package org.stripeanalytics.dimensions;

import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.stripeanalytics.contract.WarehouseTable;

/**
 * Adds the member that stands for everything a dimension does not know, so that no join drops a
 * fact. Input and output are in the global window.
 */
final class AddUnknown<T> extends PTransform<PCollection<T>, PCollection<T>> {
  private final WarehouseTable<T> table;
  private final T unknown;

  private AddUnknown(WarehouseTable<T> table, T unknown) {
    this.table = table;
    this.unknown = unknown;
  }

  static <T> AddUnknown<T> of(WarehouseTable<T> table, T unknown) {
    return new AddUnknown<>(table, unknown);
  }

  @Override
  public PCollection<T> expand(PCollection<T> members) {
    PCollection<T> one =
        members
            .getPipeline()
            .apply(
                "CreateUnknown" + table.contract().table(),
                Create.of(unknown).withCoder(table.coder()));
    return PCollectionList.of(members).and(one).apply("Flatten", Flatten.pCollections());
  }
}
