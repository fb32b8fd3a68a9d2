package org.stripeanalytics.marts;

import static org.stripeanalytics.contract.Tables.BENCHMARKS;
import static org.stripeanalytics.contract.Tables.BENCHMARK_POSITION;
import static org.stripeanalytics.contract.Tables.METRIC_ANOMALIES;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.values.KV;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.RowGenerator;
import org.stripeanalytics.warehouse.RowSink;
import org.stripeanalytics.warehouse.SeedFile;

/**
 * The marts that compare the account with something, made of all that {@link GatherAccount} has
 * brought together.
 *
 * @param interval the days to judge
 */
public record AccountMarts(DataInterval interval)
    implements RowGenerator<KV<String, Iterable<AccountFact>>, Void> {
  public static final ImmutableSet<WarehouseTable<?>> TABLES =
      ImmutableSet.of(BENCHMARK_POSITION, METRIC_ANOMALIES);

  @Override
  public void generate(
      KV<String, Iterable<AccountFact>> account, RowSink rows, Consumer<Void> aside) {
    List<AccountFigure> figures = new ArrayList<>();
    List<WatchedDay> days = new ArrayList<>();
    for (AccountFact fact : account.getValue()) {
      if (fact.getFigure() != null) {
        figures.add(fact.getFigure());
      } else {
        days.add(fact.getWatched());
      }
    }
    ComputeBenchmarkPosition.rows(SeedFile.of(BENCHMARKS).rows(), figures)
        .forEach(row -> rows.put(BENCHMARK_POSITION, row));
    ComputeMetricAnomalies.rows(interval, days).forEach(row -> rows.put(METRIC_ANOMALIES, row));
  }
}
