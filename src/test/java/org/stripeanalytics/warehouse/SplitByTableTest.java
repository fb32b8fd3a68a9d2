package org.stripeanalytics.warehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.seeds.FxRate;
import org.stripeanalytics.model.seeds.Geography;

@ExtendWith(TestPipelineExtension.class)
class SplitByTableTest {
  private static final List<WarehouseTable<?>> TABLES =
      List.of(Tables.FX_RATES, Tables.GEOGRAPHY, Tables.HOLIDAYS);

  private final FxRate rate = FxRate.builder().setCurrency("eur").setRate(BigDecimal.ONE).build();
  private final Geography france =
      Geography.builder().setCountry("FR").setCountryName("France").setRegion("europe").build();

  @Test
  void eachTableGetsItsRows(TestPipeline pipeline) {
    PCollectionTuple split =
        pipeline
            .apply(
                Create.of(
                        RowOfTable.of(Tables.GEOGRAPHY, france),
                        RowOfTable.of(Tables.FX_RATES, rate))
                    .withCoder(RowOfTable.coder(TABLES)))
            .apply(SplitByTable.of(TABLES));

    PAssert.that(SplitByTable.rowsOf(Tables.FX_RATES, split)).containsInAnyOrder(rate);
    PAssert.that(SplitByTable.rowsOf(Tables.GEOGRAPHY, split)).containsInAnyOrder(france);
    PAssert.that(SplitByTable.rowsOf(Tables.HOLIDAYS, split)).empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aRowOfNoneOfTheTablesIsRefused() throws CoderException {
    Coder<RowOfTable> coder = RowOfTable.coder(List.of(Tables.FX_RATES));
    RowOfTable known = RowOfTable.of(Tables.FX_RATES, rate);

    assertThat(CoderUtils.clone(coder, known), is(known));
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> CoderUtils.encodeToByteArray(coder, RowOfTable.of(Tables.GEOGRAPHY, france)));
    assertThat(refused.getMessage(), is("seeds.geography is none of the tables [seeds.fx_rates]"));
  }
}
