package org.stripeanalytics.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.day;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.marts.BenchmarkPosition;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.RowSink;
import org.stripeanalytics.warehouse.SeedFile;

@ExtendWith(TestPipelineExtension.class)
class AccountMartsTest {
  private static final AccountFact CHURN =
      AccountFact.builder()
          .setFigure(
              AccountFigure.builder()
                  .setMetric("customer_churn_rate")
                  .setMonth(day("2024-03-01"))
                  .setValue(new BigDecimal("0.04"))
                  .build())
          .build();
  private static final AccountFact OPENING = AccountFact.of(WatchedDay.opening(day("2024-01-01")));

  @Test
  void allThatIsKnownMeetsInOnePlace(TestPipeline pipeline) {
    PAssert.that(
            pipeline
                .apply(Create.of(CHURN, OPENING).withCoder(RowCoder.of(AccountFact.class)))
                .apply(GatherAccount.create()))
        .satisfies(
            accounts -> {
              Iterable<AccountFact> facts = Iterables.getOnlyElement(accounts).getValue();
              assertThat(Iterables.size(facts), is(2));
              assertThat(Iterables.contains(facts, CHURN), is(true));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void figuresAreComparedWithBenchmarksAndDaysAreJudged() {
    Map<WarehouseTable<?>, Integer> rows = new HashMap<>();
    List<BenchmarkPosition> ofChurn = new ArrayList<>();
    RowSink sink =
        new RowSink() {
          @Override
          public <T> void put(WarehouseTable<T> table, T row) {
            rows.merge(table, 1, Integer::sum);
            if (row instanceof BenchmarkPosition position
                && position.getMetric().equals("customer_churn_rate")) {
              ofChurn.add(position);
            }
          }
        };

    new AccountMarts(DataInterval.of(day("2024-04-01"), day("2024-05-01")), "usd")
        .generate(KV.of("account", ImmutableList.of(CHURN, OPENING)), sink, aside -> {});

    assertThat(
        rows.get(Tables.BENCHMARK_POSITION), is(SeedFile.of(Tables.BENCHMARKS).rows().size()));
    assertThat(ofChurn.get(0).getValue(), is(new BigDecimal("0.04")));
    assertThat("an opening is enough for days to be judged", rows.get(Tables.METRIC_ANOMALIES) > 0);
  }
}
