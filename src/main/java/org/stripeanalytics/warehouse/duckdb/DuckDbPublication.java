package org.stripeanalytics.warehouse.duckdb;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ListMultimap;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.PublishedTable;
import org.stripeanalytics.warehouse.RowGenerator;
import org.stripeanalytics.warehouse.RunId;
import org.stripeanalytics.warehouse.StagedRows;

/** Gathers everything that was staged into one element, behind which one transaction runs. */
class DuckDbPublication extends Publication {
  private final PublishTransaction transaction;
  private final String stagingDirectory;

  /** Tables whose rows are computed together, and what is staged of them. */
  private final transient Set<WarehouseTable<?>> generated = new LinkedHashSet<>();

  private final transient List<PCollection<StagedRows>> stagedTogether = new ArrayList<>();

  DuckDbPublication(PublishTransaction transaction, Path stagingDirectory) {
    RunId.check(transaction.runId());
    this.transaction = transaction;
    this.stagingDirectory = stagingDirectory.toString();
  }

  @Override
  public Optional<DataInterval> interval() {
    return Optional.ofNullable(transaction.interval());
  }

  @Override
  protected <T> PTransform<PCollection<T>, PCollection<StagedRows>> stage(WarehouseTable<T> table) {
    return StageRows.of(table, Path.of(stagingDirectory), transaction.interval());
  }

  @Override
  protected <E, X> PCollection<X> stageAll(
      PCollection<E> elements,
      ImmutableSet<WarehouseTable<?>> tables,
      RowGenerator<E, X> generator,
      Coder<X> asideCoder) {
    GenerateAndStage<E, X> transform =
        new GenerateAndStage<>(
            tables, generator, asideCoder, Path.of(stagingDirectory), transaction.interval());
    PCollectionTuple output = elements.apply("GenerateAndStage", transform);
    generated.addAll(tables);
    stagedTogether.add(output.get(transform.staged()));
    return output.get(transform.aside());
  }

  @Override
  public PCollection<PublishedTable> expand(PBegin pipeline) {
    ImmutableList<WarehouseTable<?>> tables =
        ImmutableList.<WarehouseTable<?>>builder()
            .addAll(generated)
            .addAll(loads().keySet())
            .build();
    // One element without a file, so that tables without a row are published too.
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
        .apply("ToOneKey", WithKeys.of(transaction.runId()))
        .apply("WaitForAll", GroupByKey.create())
        .apply("ReplaceRows", ParDo.of(new PublishFn(transaction, stagingDirectory, tables)));
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
    private final PublishTransaction transaction;
    private final String stagingDirectory;
    private final ImmutableList<WarehouseTable<?>> tables;

    private PublishFn(
        PublishTransaction transaction,
        String stagingDirectory,
        ImmutableList<WarehouseTable<?>> tables) {
      this.transaction = transaction;
      this.stagingDirectory = stagingDirectory;
      this.tables = tables;
    }

    @ProcessElement
    public void processElement(
        @Element KV<String, Iterable<StagedRows>> staged, OutputReceiver<PublishedTable> output)
        throws IOException {
      List<PublishedTable> published;
      try {
        published = transaction.publish(byTable(staged.getValue()));
      } finally {
        removeStaged();
      }
      // Only now: what comes behind may stage rows of its own under the same run.
      published.forEach(output::output);
    }

    private Map<WarehouseTable<?>, StagedFiles> byTable(Iterable<StagedRows> staged)
        throws IOException {
      ListMultimap<String, String> locations = ArrayListMultimap.create();
      Map<String, Long> rows = new HashMap<>();
      for (StagedRows batch : staged) {
        if (!batch.getLocation().isEmpty()) {
          locations.put(batch.getTable(), batch.getLocation());
          rows.merge(batch.getTable(), batch.getRows(), Long::sum);
        }
      }
      Map<WarehouseTable<?>, StagedFiles> files = new LinkedHashMap<>();
      for (WarehouseTable<?> table : tables) {
        files.put(
            table,
            new StagedFiles(
                SmallFiles.join(locations.get(table.name()), Path.of(stagingDirectory)),
                rows.getOrDefault(table.name(), 0L)));
      }
      return files;
    }

    private void removeStaged() throws IOException {
      Path directory = Path.of(stagingDirectory);
      if (Files.exists(directory)) {
        MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    }
  }
}
