package org.stripeanalytics.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Everything the page shows, as it stood in the warehouse. What the warehouse does not have is said
 * in its place and fails nothing: a page that names what is missing is worth more than none.
 *
 * @param generatedAt when the page was made
 * @param frame what period and choices the figures are for
 * @param tests the last results of the data tests
 * @param freshness how recent the raw tables are
 * @param marts what the charts are drawn from, by the name of the extract
 * @param rowsBehind the queries for the rows that the charts are made of
 * @param cohorts the retention of every cohort
 * @param tables the catalogue, by layer in the order of the data flow
 * @param pipelines who writes the tables
 */
public record Report(
    Instant generatedAt,
    ReportFrame frame,
    DataTests tests,
    ImmutableList<Freshness> freshness,
    ImmutableMap<String, MartExtract> marts,
    RowsBehind rowsBehind,
    Cohorts cohorts,
    ImmutableList<CatalogueTable> tables,
    ImmutableList<PipelineTask> pipelines) {

  /** Reads it from a finished warehouse. */
  public static Report of(
      Warehouse warehouse, ImmutableList<PipelineTask> pipelines, Instant generatedAt) {
    try (Warehouse.Hold hold = warehouse.holdOpen()) {
      ReportFrame frame = ReportFrame.of(warehouse);
      DataTests tests = DataTests.of(warehouse);
      ImmutableList<CatalogueTable> tables = CatalogueTable.all(warehouse, pipelines, tests);
      return new Report(
          generatedAt,
          frame,
          tests,
          Freshness.of(tables, frame),
          extracts(warehouse, frame),
          RowsBehind.of(frame),
          Cohorts.of(warehouse),
          tables,
          pipelines);
    }
  }

  private static ImmutableMap<String, MartExtract> extracts(
      Warehouse warehouse, ReportFrame frame) {
    ImmutableMap.Builder<String, MartExtract> extracts = ImmutableMap.builder();
    for (DashboardExtract extract : DashboardExtract.values()) {
      extracts.put(extract.id(), extract.read(warehouse, frame));
    }
    return extracts.build();
  }
}
