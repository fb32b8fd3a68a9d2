package org.stripeanalytics.intermediate;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.RowGenerator;
import org.stripeanalytics.warehouse.RowSink;

/**
 * Loads several tables that are functions of timelines, in one step: a timeline is by far the
 * largest element there is, and is handed over once instead of once per table, and its rows never.
 * Input: bounded, in the global window.
 */
public final class LoadTimelines extends PTransform<PCollection<CustomerTimeline>, PDone> {
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
  public PDone expand(PCollection<CustomerTimeline> timelines) {
    ImmutableSet<WarehouseTable<?>> loaded =
        tables.stream().map(TableOfTimelines::table).collect(toImmutableSet());
    timelines.apply(
        "MakeRows", publication.loadAll(loaded, new MakeAllRows(tables), VoidCoder.of()));
    return PDone.in(timelines.getPipeline());
  }

  private record MakeAllRows(ImmutableList<TableOfTimelines<?>> tables)
      implements RowGenerator<CustomerTimeline, Void> {

    @Override
    public void generate(CustomerTimeline timeline, RowSink rows, Consumer<Void> aside) {
      tables.forEach(table -> table.put(timeline, rows));
    }
  }
}
