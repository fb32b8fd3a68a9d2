package org.stripeanalytics.warehouse;

import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.seeds.FxRate;

@ExtendWith(TestPipelineExtension.class)
class GenerateAndStageTest {

  @Test
  void aBundleLeavesABatchOfEachTableThatHasRowsAndWhatIsNoRowComesOutBeside(
      TestPipeline pipeline) {
    GenerateAndStage<String, String> stage =
        new GenerateAndStage<>(
            ImmutableSet.of(Tables.FX_RATES, Tables.GEOGRAPHY),
            new RateOfEach(),
            StringUtf8Coder.of(),
            new NamedCurrencies());

    PCollectionTuple output = pipeline.apply("Currencies", Create.of("eur")).apply(stage);

    PAssert.that("rows of the bundle's end are in the same batch", output.get(stage.staged()))
        .containsInAnyOrder(StagedRows.of("seeds.fx_rates", "[eur, of the end]", 2));
    PAssert.that(output.get(stage.aside())).containsInAnyOrder("EUR", "the end");
    pipeline.run();
  }

  private static final class RateOfEach implements RowGenerator<String, String> {
    @Override
    public void generate(String currency, RowSink rows, Consumer<String> aside) {
      rows.put(Tables.FX_RATES, rate(currency));
      aside.accept(currency.toUpperCase(Locale.ROOT));
    }

    @Override
    public void finishBundle(RowSink rows, Consumer<String> aside) {
      rows.put(Tables.FX_RATES, rate("of the end"));
      aside.accept("the end");
    }

    private static FxRate rate(String currency) {
      return FxRate.builder().setCurrency(currency).setRate(BigDecimal.ONE).build();
    }
  }

  /** Stages nothing, and says in a batch's location what was written. */
  private static final class NamedCurrencies implements StagingArea {
    @Override
    public <T> StagingBatch<T> batch(WarehouseTable<T> table) {
      List<String> written = new ArrayList<>();
      return new StagingBatch<>() {
        @Override
        public void write(T row) {
          written.add(((FxRate) row).getCurrency());
        }

        @Override
        public Optional<StagedRows> finish() {
          Optional<StagedRows> batch =
              written.isEmpty()
                  ? Optional.empty()
                  : Optional.of(StagedRows.of(table.name(), written.toString(), written.size()));
          close();
          return batch;
        }

        @Override
        public void close() {
          written.clear();
        }
      };
    }
  }
}
