package org.stripeanalytics.intermediate;

import java.time.LocalDate;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Reads whose the objects are that were created before a day, as earlier runs have stored it.
 * Owners of the interval itself are found afresh, so that a rerun depends on nothing later.
 */
public final class ReadStoredOwners extends PTransform<PBegin, PCollection<ObjectOwner>> {
  private final Warehouse warehouse;
  private final LocalDate end;

  private ReadStoredOwners(Warehouse warehouse, LocalDate end) {
    this.warehouse = warehouse;
    this.end = end;
  }

  public static ReadStoredOwners before(Warehouse warehouse, LocalDate day) {
    return new ReadStoredOwners(warehouse, day);
  }

  @Override
  public PCollection<ObjectOwner> expand(PBegin begin) {
    return begin
        .apply("ReadOwners", warehouse.read(TableRead.of(Tables.OBJECT_OWNERS)))
        .apply("KeepEarlier", Filter.by(new CreatedBefore(end)));
  }

  private record CreatedBefore(LocalDate day)
      implements SerializableFunction<ObjectOwner, Boolean> {
    @Override
    public Boolean apply(ObjectOwner owner) {
      return owner.getCreatedOn().isBefore(day);
    }
  }
}
