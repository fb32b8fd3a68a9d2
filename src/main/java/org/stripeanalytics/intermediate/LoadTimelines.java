package org.stripeanalytics.intermediate;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.RowGenerator;
import org.stripeanalytics.warehouse.RowSink;

/**
 * Loads several tables that are functions of timelines, in one step: a timeline is by far the
 * largest element there is, and is handed over once instead of once per table, and its rows never.
 * Most of it are the states, which nothing but their table needs. Input: bounded, in the global
 * window. Output: the timelines without the states, for all other steps.
 */
public final class LoadTimelines
    extends PTransform<PCollection<CustomerTimeline>, PCollection<CustomerTimeline>> {
  private final Publication publication;
  private final ImmutableList<TableOfTimelines<?>> tables;

  private LoadTimelines(Publication publication, ImmutableList<TableOfTimelines<?>> tables) {
    this.publication = publication;
    this.tables = tables;
  }

  public static LoadTimelines into(Publication publication, List<RowsOfTimelines<?>> tables) {
    return new LoadTimelines(
        publication, tables.stream().map(RowsOfTimelines::table).collect(toImmutableList()));
  }

  @Override
  public PCollection<CustomerTimeline> expand(PCollection<CustomerTimeline> timelines) {
    ImmutableSet<WarehouseTable<?>> loaded =
        tables.stream().map(TableOfTimelines::table).collect(toImmutableSet());
    return timelines.apply(
        "MakeRows",
        publication.loadAll(loaded, new MakeAllRows(tables), RowCoder.of(CustomerTimeline.class)));
  }

  private record MakeAllRows(ImmutableList<TableOfTimelines<?>> tables)
      implements RowGenerator<CustomerTimeline, CustomerTimeline> {

    @Override
    public void generate(
        CustomerTimeline timeline, RowSink rows, Consumer<CustomerTimeline> aside) {
      tables.forEach(table -> table.put(timeline, rows));
      aside.accept(timeline.withoutCheckpoints());
    }
  }
}
