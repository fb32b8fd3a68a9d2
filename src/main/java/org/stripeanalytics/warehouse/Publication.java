package org.stripeanalytics.warehouse;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;

/**
 * Loads tables and then publishes them all in one transaction. Apply {@link #load} to each
 * collection of rows and, last, the publication itself to the pipeline:
 *
 * <pre>{@code
 * movements.apply("LoadMrrMovements", publication.load(Tables.FCT_MRR_MOVEMENTS));
 * pipeline.apply("Publish", publication);
 * }</pre>
 *
 * Per table the transaction deletes what the run owns ({@link
 * org.stripeanalytics.contract.Ownership}) and inserts what was loaded, so running an interval
 * twice gives the same tables and an empty interval empties itself. The output has one element per
 * loaded table.
 */
public abstract class Publication extends PTransform<PBegin, PCollection<PublishedTable>> {
  /** Collected while the graph is built; never serialised with it. */
  private final transient Map<WarehouseTable<?>, PCollection<StagedRows>> loads =
      new LinkedHashMap<>();

  private final transient Set<WarehouseTable<?>> tables = new LinkedHashSet<>();

  private transient @Nullable Restating restating;

  /**
   * Has the publication list in {@code ops.restatements} which published figures it changes, and
   * why. Call it before the publication is applied.
   */
  public final Publication restating(Restating run) {
    restating = run;
    return this;
  }

  /** How the run differs from earlier ones; null if changed figures are not listed. */
  protected final @Nullable Restating restating() {
    return restating;
  }

  /** What is written besides the tables that are loaded. */
  public final ImmutableSet<WarehouseTable<?>> appended() {
    return restating == null ? ImmutableSet.of() : ImmutableSet.of(Tables.RESTATEMENTS);
  }

  /**
   * Stages a bounded collection of rows, in whatever windows they are. A table may be loaded once
   * per publication; an empty collection empties what the run owns of the table.
   *
   * @return a transform whose output says what was staged, and where
   */
  public final <T> PTransform<PCollection<T>, PCollection<StagedRows>> load(
      WarehouseTable<T> table) {
    PTransform<PCollection<T>, PCollection<StagedRows>> stage = stage(table);
    return new PTransform<>() {
      @Override
      public PCollection<StagedRows> expand(PCollection<T> rows) {
        checkState(!loads.containsKey(table), "%s is loaded twice in one publication", table);
        PCollection<StagedRows> staged = rows.apply("Stage", stage);
        loads.put(table, staged);
        tables.add(table);
        return staged;
      }
    };
  }

  /**
   * Stages rows of several tables that are computed together, without a collection per table in
   * between. Elements of a bounded collection, in the global window; a table may get rows from
   * several such computations.
   *
   * @param tables those that the generator has rows of
   * @param asideCoder of what the generator emits besides rows
   * @return a transform whose output is what the generator emits besides rows
   */
  public final <E, X> PTransform<PCollection<E>, PCollection<X>> loadAll(
      ImmutableSet<WarehouseTable<?>> tables, RowGenerator<E, X> generator, Coder<X> asideCoder) {
    return new PTransform<>() {
      @Override
      public PCollection<X> expand(PCollection<E> elements) {
        tables.forEach(
            table ->
                checkState(
                    !loads.containsKey(table), "%s is loaded twice in one publication", table));
        Publication.this.tables.addAll(tables);
        return stageAll(elements, tables, generator, asideCoder);
      }
    };
  }

  /** Every table that is loaded, in the order of loading; all of them once the graph is built. */
  public final ImmutableSet<WarehouseTable<?>> tables() {
    return ImmutableSet.copyOf(tables);
  }

  /** The days the run owns, if it owns an interval and does not merge into what is there. */
  public abstract Optional<DataInterval> interval();

  protected abstract <T> PTransform<PCollection<T>, PCollection<StagedRows>> stage(
      WarehouseTable<T> table);

  /** Stages what the generator computes. */
  protected abstract <E, X> PCollection<X> stageAll(
      PCollection<E> elements,
      ImmutableSet<WarehouseTable<?>> tables,
      RowGenerator<E, X> generator,
      Coder<X> asideCoder);

  /** What has been loaded table by table so far, in the order of loading. */
  protected final Map<WarehouseTable<?>, PCollection<StagedRows>> loads() {
    return loads;
  }
}
