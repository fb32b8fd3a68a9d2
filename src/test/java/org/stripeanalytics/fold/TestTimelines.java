package org.stripeanalytics.fold;

import java.util.List;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.model.schema.RowWords;

/** Timelines as the input of a test pipeline, and its rows in words. */
public final class TestTimelines {
  public static PCollection<CustomerTimeline> in(
      TestPipeline pipeline, List<CustomerTimeline> timelines) {
    return pipeline.apply(Create.of(timelines).withCoder(RowCoder.of(CustomerTimeline.class)));
  }

  /** A row per line: the columns that are named. */
  public static <T> MapElements<T, String> inWords(WarehouseTable<T> table, String columns) {
    return MapElements.into(TypeDescriptors.strings()).via(RowWords.of(table.rowClass(), columns));
  }

  /** The same of rows that no pipeline has made. */
  public static <T> List<String> inWords(WarehouseTable<T> table, String columns, List<T> rows) {
    return rows.stream().map(RowWords.of(table.rowClass(), columns)::apply).toList();
  }

  private TestTimelines() {}
}
