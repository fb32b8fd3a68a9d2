package org.stripeanalytics.warehouse;

import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
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
import org.stripeanalytics.model.seeds.FxRate;
import org.stripeanalytics.model.seeds.Geography;

@ExtendWith(TestPipelineExtension.class)
class GenerateTablesTest {

  @Test
  void eachTableGetsItsRowsAndWhatIsNoRowComesOutBeside(TestPipeline pipeline) {
    PCollectionTuple computed =
        pipeline
            .apply("Currencies", Create.of("eur", "jpy"))
            .apply(
                "Generate",
                GenerateTables.of(
                    ImmutableSet.of(Tables.FX_RATES, Tables.GEOGRAPHY), new OneRate()));

    PAssert.that(GenerateTables.rowsOf(Tables.FX_RATES, computed))
        .containsInAnyOrder(rate("eur"), rate("jpy"));
    PAssert.that(GenerateTables.<Geography>rowsOf(Tables.GEOGRAPHY, computed)).empty();
    PAssert.that(GenerateTables.asideOf(computed, StringUtf8Coder.of()))
        .containsInAnyOrder("EUR", "JPY");
    pipeline.run();
  }

  private static FxRate rate(String currency) {
    return FxRate.builder().setCurrency(currency).setRate(BigDecimal.ONE).build();
  }

  private static final class OneRate implements RowGenerator<String, String> {
    @Override
    public void generate(String currency, RowSink rows, Consumer<String> aside) {
      rows.put(Tables.FX_RATES, rate(currency));
      aside.accept(currency.toUpperCase(java.util.Locale.ROOT));
    }
  }
}
