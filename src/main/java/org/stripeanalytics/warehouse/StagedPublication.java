package org.stripeanalytics.warehouse;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A publication whose workers write rows to a {@link StagingArea}. Everything that was staged is
 * gathered into one element, behind which one transaction runs.
 */
public abstract class StagedPublication extends Publication {
  private final String runId;
  private final @Nullable DataInterval interval;
  private final StagingArea area;
  private final Publisher publisher;

  /** Tables whose rows are computed together, and what is staged of them. */
  private final transient Set<WarehouseTable<?>> generated = new LinkedHashSet<>();

  private final transient List<PCollection<StagedRows>> stagedTogether = new ArrayList<>();

  /**
   * @param interval what the run owns; null if it merges into what the tables hold
   */
  protected StagedPublication(
      String runId, @Nullable DataInterval interval, StagingArea area, Publisher publisher) {
    this.runId = RunId.check(runId);
    this.interval = interval;
    this.area = area;
    this.publisher = publisher;
  }

  /** Makes what was staged visible. Travels to a worker. */
  public interface Publisher extends Serializable {
    /**
     * Publishes tables in one transaction, and frees what was staged.
     *
     * @param tables all that were loaded, those without a row too
     * @param staged every batch that was finished
     * @param restating how the run differs from those whose figures it changes; null if that is not
     *     to be listed
     */
    List<PublishedTable> publish(
        List<WarehouseTable<?>> tables, List<StagedRows> staged, @Nullable Restating restating)
        throws IOException;
  }

  @Override
  public final Optional<DataInterval> interval() {
    return Optional.ofNullable(interval);
  }

  @Override
  protected <T> PTransform<PCollection<T>, PCollection<StagedRows>> stage(WarehouseTable<T> table) {
    return StageRows.of(table, area);
  }

  @Override
  protected final <E, X> PCollection<X> stageAll(
      PCollection<E> elements,
      ImmutableSet<WarehouseTable<?>> tables,
      RowGenerator<E, X> generator,
      Coder<X> asideCoder) {
    GenerateAndStage<E, X> transform = new GenerateAndStage<>(tables, generator, asideCoder, area);
    PCollectionTuple output = elements.apply("GenerateAndStage", transform);
    generated.addAll(tables);
    stagedTogether.add(output.get(transform.staged()));
    return output.get(transform.aside());
  }

  @Override
  public final PCollection<PublishedTable> expand(PBegin pipeline) {
    ImmutableList<WarehouseTable<?>> tables =
        ImmutableList.<WarehouseTable<?>>builder()
            .addAll(generated)
            .addAll(loads().keySet())
            .build();
    // One element without a row, so that tables without one are published too.
    PCollection<StagedRows> nothing =
        pipeline
            .apply("Begin", Impulse.create())
            .apply("StageNothing", ParDo.of(new StageNothingFn(tables.get(0))))
            // Beam would infer the coder of the generated class, and Flink refuse to flatten.
            .setCoder(RowCoder.of(StagedRows.class));
    return PCollectionList.of(nothing)
        .and(stagedTogether)
        .and(ImmutableList.copyOf(loads().values()))
        .apply("CollectStaged", Flatten.pCollections())
        .apply("ToOneKey", WithKeys.of(runId))
        .apply("WaitForAll", GroupByKey.create())
        .apply("ReplaceRows", ParDo.of(new PublishFn(publisher, tables, restating())));
  }

  private static final class StageNothingFn extends DoFn<byte[], StagedRows> {
    private final WarehouseTable<?> table;

    private StageNothingFn(WarehouseTable<?> table) {
      this.table = table;
    }

    @ProcessElement
    public void stage(OutputReceiver<StagedRows> output) {
      output.output(StagedRows.of(table.name(), "", 0));
    }
  }

  private static final class PublishFn
      extends DoFn<KV<String, Iterable<StagedRows>>, PublishedTable> {
    private final Publisher publisher;
    private final ImmutableList<WarehouseTable<?>> tables;
    private final @Nullable Restating restating;

    private PublishFn(
        Publisher publisher,
        ImmutableList<WarehouseTable<?>> tables,
        @Nullable Restating restating) {
      this.publisher = publisher;
      this.tables = tables;
      this.restating = restating;
    }

    /** Shows in a job's graph which tables it writes. */
    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      builder.add(DisplayData.item("tables", names(tables)).withLabel("Published tables"));
      if (restating != null) {
        builder.add(
            DisplayData.item("restatements", Tables.RESTATEMENTS.name())
                .withLabel("Table of changed figures"));
      }
    }

    private static String names(List<WarehouseTable<?>> tables) {
      return tables.stream().map(WarehouseTable::name).collect(joining(", "));
    }

    @ProcessElement
    public void processElement(
        @Element KV<String, Iterable<StagedRows>> staged, OutputReceiver<PublishedTable> output)
        throws IOException {
      List<StagedRows> batches = new ArrayList<>();
      for (StagedRows batch : staged.getValue()) {
        if (!batch.getLocation().isEmpty()) {
          batches.add(batch);
        }
      }
      // What was staged is gone by now: later steps may stage rows under the same run.
      publisher.publish(tables, batches, restating).forEach(output::output);
    }
  }
}
