package org.stripeanalytics.forecast;

import static org.stripeanalytics.contract.Tables.LTV_FORECAST;
import static org.stripeanalytics.contract.Tables.MRR_FORECAST;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.MappedRead;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.RowGenerator;
import org.stripeanalytics.warehouse.RowSink;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Reads {@code marts.retention_cohorts} and loads {@code marts.ltv_forecast} and {@code
 * marts.mrr_forecast}. A segment value is worked on as a whole: it has a few thousand cells.
 * Bounded, in the global window.
 */
public final class ForecastRevenue extends PTransform<PBegin, PCollection<Void>> {
  private static final Set<String> SEGMENTS = Set.of("all", "region", "channel", "initial_plan");

  private final Warehouse warehouse;
  private final LocalDate asOf;
  private final BigDecimal grossMargin;
  private final Publication publication;

  private ForecastRevenue(
      Warehouse warehouse, LocalDate asOf, BigDecimal grossMargin, Publication publication) {
    this.warehouse = warehouse;
    this.asOf = asOf;
    this.grossMargin = grossMargin;
    this.publication = publication;
  }

  /**
   * @param asOf first day of which nothing is known
   * @param grossMargin share of revenue that is left after serving it
   */
  public static ForecastRevenue of(
      Warehouse warehouse, LocalDate asOf, BigDecimal grossMargin, Publication publication) {
    return new ForecastRevenue(warehouse, asOf, grossMargin, publication);
  }

  @Override
  public PCollection<Void> expand(PBegin begin) {
    LocalDate end = asOf;
    return begin
        .apply(
            "ReadCohorts",
            warehouse.readAll(
                ImmutableList.of(
                    new MappedRead<>(
                        TableRead.of(Tables.RETENTION_COHORTS)
                            .as(CohortRevenue.class)
                            .having("segment", SEGMENTS),
                        cell ->
                            isOver(cell, end)
                                ? Optional.of(KV.of(segment(cell), cell))
                                : Optional.empty())),
                KvCoder.of(ListCoder.of(StringUtf8Coder.of()), RowCoder.of(CohortRevenue.class))))
        .apply("GroupBySegment", GroupByKey.create())
        .apply(
            "LoadForecasts",
            publication.loadAll(
                ImmutableSet.of(LTV_FORECAST, MRR_FORECAST),
                new Forecast(grossMargin),
                VoidCoder.of()));
  }

  /** Whether on this day the month that a cell is about has ended. */
  static boolean isOver(CohortRevenue cell, LocalDate day) {
    return !cell.getCohortMonth().plusMonths(cell.getMonthsSince() + 1).isAfter(day);
  }

  private static List<String> segment(CohortRevenue cell) {
    return ImmutableList.of(cell.getSegment(), cell.getSegmentValue());
  }

  private record Forecast(BigDecimal grossMargin)
      implements RowGenerator<KV<List<String>, Iterable<CohortRevenue>>, Void> {

    @Override
    public void generate(
        KV<List<String>, Iterable<CohortRevenue>> segment, RowSink rows, Consumer<Void> aside) {
      ImmutableList<CohortRevenue> cells = ImmutableList.copyOf(segment.getValue());
      String name = segment.getKey().get(0);
      ForecastLifetimeValue.rows(name, segment.getKey().get(1), cells, grossMargin)
          .forEach(row -> rows.put(LTV_FORECAST, row));
      if (name.equals("all")) {
        ForecastMrr.rows(cells).forEach(row -> rows.put(MRR_FORECAST, row));
      }
    }
  }
}
