package org.stripeanalytics.marts;

import static java.util.stream.Collectors.toMap;
import static org.stripeanalytics.contract.Tables.BENCHMARKS;
import static org.stripeanalytics.contract.Tables.BENCHMARK_POSITION;
import static org.stripeanalytics.contract.Tables.FX_RATES;
import static org.stripeanalytics.contract.Tables.METRIC_ANOMALIES;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.beam.sdk.values.KV;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.seeds.Benchmark;
import org.stripeanalytics.model.seeds.FxRate;
import org.stripeanalytics.warehouse.RowGenerator;
import org.stripeanalytics.warehouse.RowSink;
import org.stripeanalytics.warehouse.SeedFile;

/**
 * The marts that compare the account with something, and those that say how far they reach, made of
 * all that {@link GatherAccount} has brought together.
 *
 * @param interval the days to judge
 * @param currency that of the account's figures, lower case
 */
public record AccountMarts(DataInterval interval, String currency)
    implements RowGenerator<KV<String, Iterable<AccountFact>>, Void> {
  public static final ImmutableSet<WarehouseTable<?>> TABLES =
      ImmutableSet.<WarehouseTable<?>>builder()
          .add(BENCHMARK_POSITION, METRIC_ANOMALIES)
          .addAll(LiveRow.TABLES)
          .build();

  @Override
  public void generate(
      KV<String, Iterable<AccountFact>> account, RowSink rows, Consumer<Void> aside) {
    List<AccountFigure> figures = new ArrayList<>();
    List<WatchedDay> days = new ArrayList<>();
    List<StoredEvents> events = new ArrayList<>();
    List<LiveRow> live = new ArrayList<>();
    for (AccountFact fact : account.getValue()) {
      if (fact.getFigure() != null) {
        figures.add(fact.getFigure());
      } else if (fact.getWatched() != null) {
        days.add(fact.getWatched());
      } else if (fact.getEvents() != null) {
        events.add(fact.getEvents());
      } else {
        live.add(fact.getLive());
      }
    }
    ComputeBenchmarkPosition positions = ComputeBenchmarkPosition.of(figures, dollars());
    for (Benchmark benchmark : SeedFile.of(BENCHMARKS).rows()) {
      rows.put(BENCHMARK_POSITION, positions.row(benchmark));
    }
    ComputeMetricAnomalies.rows(interval, days).forEach(row -> rows.put(METRIC_ANOMALIES, row));
    live.forEach(row -> row.put(Iterables.getOnlyElement(events), rows));
  }

  /** What one major unit of the reporting currency is in US dollars. */
  private Optional<BigDecimal> dollars() {
    Map<String, BigDecimal> rates =
        SeedFile.of(FX_RATES).rows().stream().collect(toMap(FxRate::getCurrency, FxRate::getRate));
    return Optional.ofNullable(rates.get("usd"))
        .flatMap(
            dollar ->
                Optional.ofNullable(rates.get(currency))
                    .map(rate -> rate.divide(dollar, MathContext.DECIMAL64)));
  }
}
