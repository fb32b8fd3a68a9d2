package org.stripeanalytics.warehouse;

import static com.google.common.base.Preconditions.checkState;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.WarehouseTable;

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
        return staged;
      }
    };
  }

  protected abstract <T> PTransform<PCollection<T>, PCollection<StagedRows>> stage(
      WarehouseTable<T> table);

  /** What has been loaded so far, in the order of loading. */
  protected final Map<WarehouseTable<?>, PCollection<StagedRows>> loads() {
    return loads;
  }
}
