package org.stripeanalytics.marts;

import static org.stripeanalytics.fold.Snapshots.day;
import static org.stripeanalytics.marts.Facts.aCharge;

import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.warehouse.RowOfTable;

@ExtendWith(TestPipelineExtension.class)
class WithStoredTest {
  private static final Coder<RowOfTable> CODER =
      RowOfTable.coder(
          List.of(Tables.FCT_PAYMENTS, Tables.FCT_REFUNDS, Tables.FCT_CUSTOMER_MONTHS));

  @Test
  void theLaterOfTwoRowsStaysAndOfTwoAsLateTheNewOne(TestPipeline pipeline) {
    RowOfTable onlyStored = charge("ch_stored", "2024-01-10", "succeeded");
    RowOfTable onlyMade = charge("ch_made", "2024-02-10", "succeeded");
    RowOfTable updated = charge("ch_updated", "2024-02-10", "succeeded");
    RowOfTable laterStored = charge("ch_late", "2024-03-10", "failed");
    RowOfTable again = charge("ch_again", "2024-01-10", "failed");

    PAssert.that(
            rows(pipeline, "Made", onlyMade, updated, charge("ch_late", "2024-02-10", "x"), again)
                .apply(
                    WithStored.of(
                        rows(
                            pipeline,
                            "Stored",
                            onlyStored,
                            charge("ch_updated", "2024-01-10", "pending"),
                            laterStored,
                            charge("ch_again", "2024-01-10", "pending")))))
        .containsInAnyOrder(onlyStored, onlyMade, updated, laterStored, again);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void rowsOfTwoTablesNeverMeet(TestPipeline pipeline) {
    RowOfTable charge = charge("id_1", "2024-02-10", "succeeded");
    RowOfTable refund =
        RowOfTable.of(
            Tables.FCT_REFUNDS,
            Facts.aRefund("id_1", "ch_1", "2024-01-10", "2024-01-10")
                .setAsOf(day("2024-01-10"))
                .build());

    PAssert.that(
            rows(pipeline, "Made", charge).apply(WithStored.of(rows(pipeline, "Stored", refund))))
        .containsInAnyOrder(charge, refund);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void whereNothingIsStoredEveryNewRowStays(TestPipeline pipeline) {
    RowOfTable made = charge("ch_made", "2024-02-10", "succeeded");

    PAssert.that(
            rows(pipeline, "Made", made)
                .apply(WithStored.of(pipeline.apply("CreateStored", Create.empty(CODER)))))
        .containsInAnyOrder(made);
    pipeline.run().waitUntilFinish();
  }

  private static PCollection<RowOfTable> rows(
      TestPipeline pipeline, String which, RowOfTable... rows) {
    return pipeline.apply("Create" + which, Create.of(List.of(rows)).withCoder(CODER));
  }

  private static RowOfTable charge(String id, String asOf, String status) {
    return RowOfTable.of(
        Tables.FCT_PAYMENTS,
        aCharge(id, "2024-01-10").setStatus(status).setAsOf(day(asOf)).build());
  }
}
