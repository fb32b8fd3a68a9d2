package org.stripeanalytics.warehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.stripeanalytics.warehouse.StreamedRows.signups;

import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.streaming.StreamedFunnel;

/** Rows that are streamed into a table, in warehouses with transactions. */
public abstract class UpsertContractTest extends WarehouseContract {
  private static final String ROWS =
      "SELECT segment_value, signups, _run_id FROM streaming.streamed_funnel ORDER BY segment_value";

  protected UpsertContractTest(TestedWarehouse tested) {
    super(tested);
  }

  @Test
  void ofSeveralStatesOfARowTheLastStandsInWhateverOrderTheyCome() {
    stream("job_1", INGESTED_AT, signups("all", 2, 1), signups("all", 3, 2), signups("all", 1, 0));
    stream("job_1", INGESTED_AT, signups("all", 4, 3));

    assertThat(lines(ROWS), contains("all 4 job_1"));
  }

  @Test
  void rowsOfOtherKeysStay() {
    stream("job_1", INGESTED_AT, signups("all", 2, 0), signups("europe", 1, 0));
    stream("job_1", INGESTED_AT, signups("all", 3, 1));

    assertThat(lines(ROWS), containsInAnyOrder("all 3 job_1", "europe 1 job_1"));
  }

  @Test
  void aJobThatIsStartedAgainGoesOnFromTheRowsThatAreThere() {
    stream("job_1", INGESTED_AT, signups("all", 7, 9));
    stream("job_2", INGESTED_AT.plusSeconds(60), signups("all", 8, 0));

    assertThat(lines(ROWS), contains("all 8 job_2"));
  }

  private void stream(String job, Instant startedAt, StreamedFunnel... rows) {
    Pipeline pipeline = newPipeline();
    pipeline
        .apply("Rows", Create.of(List.of(rows)).withCoder(Tables.STREAMED_FUNNEL.coder()))
        .apply(
            "Upsert",
            warehouse().upsert(Tables.STREAMED_FUNNEL, StreamedFunnel::getPane, job, startedAt));
    pipeline.run().waitUntilFinish();
  }
}
