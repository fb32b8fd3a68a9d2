package org.stripeanalytics.intermediate;

import java.time.LocalDate;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Whose the objects are that were created before a day, as earlier runs have stored it. Owners of
 * the interval itself are found afresh, so that a rerun depends on nothing later.
 */
public final class StoredOwners {

  /**
   * Reads them; bounded, in the global window.
   *
   * @return null where there are none, as in a first run
   */
  public static @Nullable PCollection<ObjectOwner> before(
      LocalDate day, Warehouse warehouse, Pipeline pipeline) {
    TableRead<ObjectOwner> earlier = TableRead.of(Tables.OBJECT_OWNERS).before("created_on", day);
    return warehouse.mayHold(earlier)
        ? pipeline.apply("ReadStoredOwners", warehouse.read(earlier))
        : null;
  }

  private StoredOwners() {}
}
