package org.stripeanalytics.intermediate;

import java.time.LocalDate;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.staging.KeepAdmitted;
import org.stripeanalytics.staging.KeyFilter;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Reads whose the objects are that were created before a day, as earlier runs have stored it.
 * Owners of the interval itself are found afresh, so that a rerun depends on nothing later. Input:
 * the ids of the objects that are asked for, bounded. Output: the owners of those, and of a few
 * others, in the global window: of what is stored, most is of objects that nobody asks for any
 * more.
 */
public final class ReadStoredOwners
    extends PTransform<PCollection<String>, PCollection<ObjectOwner>> {
  private final Warehouse warehouse;
  private final LocalDate day;

  private ReadStoredOwners(Warehouse warehouse, LocalDate day) {
    this.warehouse = warehouse;
    this.day = day;
  }

  public static ReadStoredOwners before(LocalDate day, Warehouse warehouse) {
    return new ReadStoredOwners(warehouse, day);
  }

  /** False where nothing is stored, as in a first run. */
  public boolean mayFindAny() {
    return warehouse.mayHold(read());
  }

  @Override
  public PCollection<ObjectOwner> expand(PCollection<String> asked) {
    return asked
        .getPipeline()
        .apply("ReadOwners", warehouse.read(read()))
        .apply(
            "KeepAsked",
            KeepAdmitted.by(ObjectOwner::getObjectId, KeyFilter.of("FilterOfAsked", asked)));
  }

  private TableRead<ObjectOwner> read() {
    return TableRead.of(Tables.OBJECT_OWNERS).before("created_on", day);
  }
}
