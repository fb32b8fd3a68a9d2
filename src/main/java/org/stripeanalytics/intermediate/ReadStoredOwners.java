package org.stripeanalytics.intermediate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.staging.KeepAdmitted;
import org.stripeanalytics.staging.KeepTimestamps;
import org.stripeanalytics.staging.KeyFilter;
import org.stripeanalytics.warehouse.RowMeter;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.UsesTables;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Reads whose the objects are that were created before a day, as earlier runs have stored it.
 * Owners of the interval itself are found afresh, so that a rerun depends on nothing later. Input:
 * the ids of the objects that are asked for, bounded. Output: the owners of those, and possibly a
 * few more, in the global window. Most of what is stored is of objects that nobody asks for any
 * more: a warehouse that finds rows by key is asked for no others, any other is read as a whole.
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
    return warehouse.mayHold(read(day));
  }

  @Override
  public PCollection<ObjectOwner> expand(PCollection<String> asked) {
    return warehouse.findsByKey()
        ? asked.apply("FindAsked", new FindAsked(warehouse, day))
        : asked
            .getPipeline()
            .apply("ReadOwners", warehouse.read(read(day)))
            .apply(
                "KeepAsked",
                KeepAdmitted.by(ObjectOwner::getObjectId, KeyFilter.of("FilterOfAsked", asked)));
  }

  private static TableRead<ObjectOwner> read(LocalDate day) {
    return TableRead.of(Tables.OBJECT_OWNERS).before("created_on", day);
  }

  /** Looks the asked ids up, a good many with each query. */
  private static final class FindAsked
      extends PTransform<PCollection<String>, PCollection<ObjectOwner>> implements UsesTables {
    /** Workers that may ask at the same time. */
    private static final int SHARES = 16;

    private final Warehouse warehouse;
    private final LocalDate day;

    FindAsked(Warehouse warehouse, LocalDate day) {
      this.warehouse = warehouse;
      this.day = day;
    }

    @Override
    public List<TableRead<?>> tableReads() {
      return List.of(read(day));
    }

    @Override
    public PCollection<ObjectOwner> expand(PCollection<String> asked) {
      return asked
          .apply(
              "Share",
              WithKeys.<Integer, String>of(id -> Math.floorMod(id.hashCode(), SHARES))
                  .withKeyType(TypeDescriptors.integers()))
          .apply("KeepTimestamps", KeepTimestamps.create())
          .apply("GroupShares", GroupByKey.create())
          .apply("LookUp", ParDo.of(new LookUpFn(warehouse, day)))
          .setCoder(Tables.OBJECT_OWNERS.coder());
    }
  }

  private static final class LookUpFn extends DoFn<KV<Integer, Iterable<String>>, ObjectOwner> {
    private static final int IDS_PER_QUERY = 2000;

    private final Warehouse warehouse;
    private final LocalDate day;

    LookUpFn(Warehouse warehouse, LocalDate day) {
      this.warehouse = warehouse;
      this.day = day;
    }

    @ProcessElement
    public void lookUp(
        @Element KV<Integer, Iterable<String>> asked, OutputReceiver<ObjectOwner> output) {
      ImmutableSortedSet<String> ids = ImmutableSortedSet.copyOf(asked.getValue());
      for (List<String> some : Iterables.partition(ids, IDS_PER_QUERY)) {
        ImmutableList<ObjectOwner> owners = warehouse.list(read(day).having("object_id", some));
        RowMeter.READ.add(owners.size());
        owners.forEach(output::output);
      }
    }
  }
}
