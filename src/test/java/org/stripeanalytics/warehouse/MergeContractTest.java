package org.stripeanalytics.warehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.stripeanalytics.warehouse.ExampleRows.anInvoice;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.raw.Invoice;

/** Which of several versions of an object stands after ingestions, in every warehouse. */
public abstract class MergeContractTest extends WarehouseContract {
  protected MergeContractTest(TestedWarehouse tested) {
    super(tested);
  }

  @Test
  void anIngestedDayKeepsTheRestOfItsMonth() {
    publish(JANUARY, Tables.INVOICES, aVersion("in_1", 5, "9:00", "synthetic", null).build());

    merge(aVersion("in_1", 6, "9:00", "webhook", "{}").build());

    assertThat(
        versions(),
        containsInAnyOrder("in_1 2024-01-05 synthetic null", "in_1 2024-01-06 webhook {}"));
  }

  @Test
  void ofTwoVersionsOfADayTheNewerStandsInWhateverOrderTheyCome() {
    Invoice morning = aVersion("in_1", 5, "9:00", "webhook", "{\"a\":1}").build();
    Invoice evening = aVersion("in_1", 5, "19:00", "json", "{\"a\":2}").build();

    merge(morning);
    merge(evening);
    assertThat(versions(), containsInAnyOrder("in_1 2024-01-05 json {\"a\":2}"));
    merge(morning);
    assertThat(versions(), containsInAnyOrder("in_1 2024-01-05 json {\"a\":2}"));
  }

  @Test
  void ofTwoVersionsOfOneTimeThatOfTheMoreTrustedRouteStands() {
    Invoice simulated = aVersion("in_1", 5, "9:00", "synthetic", null).build();
    Invoice exported = aVersion("in_1", 5, "9:00", "json", "{}").build();
    Invoice announced = aVersion("in_1", 5, "9:00", "webhook", "{}").build();
    Invoice asked = aVersion("in_1", 5, "9:00", "stripe_api", "{}").build();

    merge(announced);
    merge(simulated);
    merge(exported);
    assertThat(versions(), containsInAnyOrder("in_1 2024-01-05 webhook {}"));
    merge(asked);
    assertThat(versions(), containsInAnyOrder("in_1 2024-01-05 stripe_api {}"));
  }

  @Test
  void ofTwoVersionsOfOneSecondTheMoreFinalOneStands() {
    // md5 in hexadecimal: c4ca… of 1, c81e… of 2.
    Invoice open = aVersion("in_1", 5, "9:00", "webhook", "2").setStatus("open").build();
    Invoice paid = aVersion("in_1", 5, "9:00", "webhook", "1").setStatus("paid").build();

    merge(paid);
    merge(open);
    assertThat(versions(), containsInAnyOrder("in_1 2024-01-05 webhook 1"));
    merge(open, paid);
    assertThat(versions(), containsInAnyOrder("in_1 2024-01-05 webhook 1"));
  }

  @Test
  void ofTwoEventsOfOneSecondThatOfTheLaterIngestionStands() {
    // It has looked up what the table's earlier events say of that second.
    Invoice paid = aVersion("in_1", 5, "9:00", "webhook", "1").setStatus("paid").build();
    Invoice reopened = aVersion("in_1", 5, "9:00", "webhook", "2").setStatus("open").build();

    merge(paid);
    mergeAt(INGESTED_AT.plusSeconds(1), reopened);
    assertThat(versions(), containsInAnyOrder("in_1 2024-01-05 webhook 2"));
    merge(paid);
    assertThat(versions(), containsInAnyOrder("in_1 2024-01-05 webhook 2"));
  }

  @Test
  void whatWasDeliveredOnItsOwnStandsAgainstWhatWasInsideAnotherObject() {
    Invoice nested = aVersion("in_1", 5, "9:00", "webhook", null).setStatus("paid").build();
    Invoice own = aVersion("in_1", 5, "9:00", "webhook", "1").setStatus("open").build();

    merge(own);
    merge(nested);
    assertThat(versions(), containsInAnyOrder("in_1 2024-01-05 webhook 1"));
  }

  @Test
  void ofTwoVersionsOfOneTimeAndRouteTheGreaterPayloadHashStands() {
    // md5 in hexadecimal: c4ca… of 1, c81e… of 2.
    Invoice one = aVersion("in_1", 5, "9:00", "webhook", "1").build();
    Invoice two = aVersion("in_1", 5, "9:00", "webhook", "2").build();

    merge(two);
    merge(one);
    assertThat(versions(), containsInAnyOrder("in_1 2024-01-05 webhook 2"));
    merge(one, two);
    assertThat(versions(), containsInAnyOrder("in_1 2024-01-05 webhook 2"));
  }

  @Test
  void ingestingAgainReadsAnewAndAddsNothing() {
    merge(aVersion("in_1", 5, "9:00", "webhook", "{}").setNumber("misread").build());

    merge(aVersion("in_1", 5, "9:00", "webhook", "{}").setNumber("read well").build());

    assertThat(lines("SELECT id, number FROM raw.invoices"), contains("in_1 read well"));
  }

  @Test
  void aMergeCountsWhatWasInsertedAndWhatWasSuperseded(TestPipeline pipeline) {
    merge(aVersion("in_1", 5, "9:00", "webhook", "{}").build());
    Publication publication = warehouse().mergingPublication("run_2", INGESTED_AT);
    load(
        pipeline,
        publication,
        Tables.INVOICES,
        aVersion("in_1", 5, "8:00", "webhook", "{}").build(),
        aVersion("in_2", 5, "8:00", "webhook", "{}").build(),
        aVersion("in_2", 5, "9:00", "webhook", "{}").build());
    load(pipeline, publication, Tables.CUSTOMERS);

    PAssert.that(pipeline.apply("Publish", publication).apply(forgetBytes()))
        .containsInAnyOrder(
            PublishedTable.of("raw.invoices", 1, 2), PublishedTable.of("raw.customers", 0));
    pipeline.run();
  }

  @Test
  void anIngestionWithoutRowsLeavesTheTableAlone() {
    merge(aVersion("in_1", 5, "9:00", "webhook", "{}").build());

    merge();

    assertThat(versions(), containsInAnyOrder("in_1 2024-01-05 webhook {}"));
  }

  private static Invoice.Builder aVersion(
      String id, int day, String time, String route, @Nullable String payload) {
    LocalDate date = LocalDate.of(2024, 1, day);
    return anInvoice(id, date, 1)
        .setChangedAt(Instant.parse(date + "T" + (time.length() < 5 ? "0" + time : time) + ":00Z"))
        .setSource(route)
        .setPayload(payload);
  }

  private void merge(Invoice... versions) {
    mergeAt(INGESTED_AT, versions);
  }

  private void mergeAt(Instant ingestedAt, Invoice... versions) {
    Pipeline pipeline = newPipeline();
    Publication publication = warehouse().mergingPublication(nextRun(), ingestedAt);
    load(pipeline, publication, Tables.INVOICES, versions);
    pipeline.apply("Publish", publication);
    pipeline.run().waitUntilFinish();
  }

  private List<String> versions() {
    return lines("SELECT id, _snapshot_date, _source, _payload FROM raw.invoices");
  }
}
