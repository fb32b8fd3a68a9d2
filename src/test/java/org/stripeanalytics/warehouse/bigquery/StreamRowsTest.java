package org.stripeanalytics.warehouse.bigquery;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.warehouse.StreamedRows.signups;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableRow;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.io.gcp.testing.FakeBigQueryServices;
import org.apache.beam.sdk.io.gcp.testing.FakeDatasetService;
import org.apache.beam.sdk.io.gcp.testing.FakeJobService;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.streaming.StreamedFunnel;

/** Rows that are streamed, as Beam's own fake of the Storage Write API merges them. */
@ExtendWith(TestPipelineExtension.class)
class StreamRowsTest {
  private static final TableReference TABLE =
      new TableReference()
          .setProjectId("a-project")
          .setDatasetId("dev_streaming")
          .setTableId("streamed_funnel");

  private final FakeDatasetService datasets = new FakeDatasetService();

  @BeforeEach
  void createTable() throws Exception {
    FakeDatasetService.setUp();
    FakeJobService.setUp();
    datasets.createDataset("a-project", "dev_streaming", "EU", "", null);
    datasets.createTable(
        new Table()
            .setTableReference(TABLE)
            .setSchema(Tables.STREAMED_FUNNEL.contract().bigQueryTable().getSchema()));
    datasets.setPrimaryKey(TABLE, Tables.STREAMED_FUNNEL.contract().primaryKey());
  }

  @Test
  void ofSeveralStatesOfARowTheLastStandsWithTheStampsOfItsJob(TestPipeline pipeline)
      throws Exception {
    stream(pipeline, "Later", "job_2", "2024-03-05T11:00:00Z", signups("all", 4, 0));
    stream(
        pipeline,
        "Earlier",
        "job_1",
        "2024-03-05T10:00:00Z",
        signups("all", 9, 20),
        signups("all", 8, 3));
    pipeline.run().waitUntilFinish();

    List<TableRow> rows = datasets.getAllRows("a-project", "dev_streaming", "streamed_funnel");
    assertThat(
        rows.stream().map(row -> row.get("signups") + " " + row.get("_run_id")).toList(),
        contains("4 job_2"));
    assertThat(rows.get(0).get("month"), is("2024-03-01"));
  }

  private void stream(
      TestPipeline pipeline, String name, String job, String startedAt, StreamedFunnel... rows) {
    pipeline
        .apply(name, Create.of(List.of(rows)).withCoder(Tables.STREAMED_FUNNEL.coder()))
        .apply(
            "Upsert" + name,
            new StreamRows<>(
                Tables.STREAMED_FUNNEL,
                new TableNames("a-project", "dev"),
                new FakeBigQueryServices()
                    .withDatasetService(datasets)
                    .withJobService(new FakeJobService()),
                StreamedFunnel::getPane,
                new RunStamp(job, Instant.parse(startedAt))));
  }
}
