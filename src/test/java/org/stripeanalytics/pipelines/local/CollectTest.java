package org.stripeanalytics.pipelines.local;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/** Exports of other sources than Stripe into a warehouse, as a person has them ingested. */
class CollectTest {
  @TempDir Path folder;

  @Test
  void aFolderOfExportsIsIngestedByOneCommandAndListsEveryBadRow() throws IOException {
    export("contact.csv", "\uFEFFid,property_email,color", "1,ann@example.com,red", ",x@y.z,blue");
    export("deal_data.csv", "deal_id;property_amount", "7;19.90", "8;cheap", "9;1;2");
    export("company.ndjson", "{\"id\":4,\"property_name\":\"Acme\"}", "{\"id\":");
    export("email_event.csv", "id", "1", "2");

    String said = ingest("a", "--maxRejectedFraction=1");

    assertThat(
        answers("SELECT 'contact', id, email FROM raw.hubspot_contact"),
        contains("contact 1 ann@example.com"));
    assertThat(answers("SELECT id, amount FROM raw.hubspot_deal"), contains("7 19.900000000"));
    assertThat(answers("SELECT id, name FROM raw.hubspot_company"), contains("4 Acme"));
    assertThat(
        answers("SELECT rule, object_id, record_number FROM ops.rejected_records"),
        containsInAnyOrder(
            "missing_id null 2", "wrong_type 8 2", "broken_csv null 3", "broken_json null 2"));
    assertThat(said, containsString("files of no table of hubspot     1        1"));
  }

  @Test
  void theSameFilesTwiceAreTheSameRowsAndWhatWasDeletedStaysAsDeleted() throws IOException {
    export("contact.csv", "id,property_email,_fivetran_deleted", "1,a@example.com,false");
    ingest("a");
    List<String> once =
        answers("SELECT id, email, deleted, _snapshot_date FROM raw.hubspot_contact");
    ingest("b");
    assertThat(
        answers("SELECT id, email, deleted, _snapshot_date FROM raw.hubspot_contact"), is(once));

    export("contact.csv", "id,property_email,_fivetran_deleted", "1,a@example.com,true");
    ingest("c");

    assertThat(
        answers("SELECT id, email, deleted FROM staging.stg_hubspot_contact"),
        contains("1 a@example.com true"));
  }

  @Test
  void whatWasRejectedIsReplayedOnceItsReasonIsMended() throws IOException {
    export("deal.csv", "deal_id,property_amount", "7,cheap");
    ingest("a", "--maxRejectedFraction=1");
    // Nothing is mended here: it is rejected once more, under the new run.
    String said =
        LocalRuns.saying(
            "replay",
            warehouse(),
            "--source=hubspot",
            "--run=a",
            "--maxRejectedFraction=1",
            "--runId=b");

    assertThat(said, containsString("1 wrong_type"));
    assertThat(
        answers("SELECT run_id, replayed_by, source_file IS NULL FROM ops.rejected_records"),
        containsInAnyOrder("a b false", "b null false"));
  }

  @Test
  void whatCannotBeUsedIsRefusedInOneLineBeforeAnythingIsTouched() throws IOException {
    export("contact.csv", "vid_,property_email", "1,a@example.com");

    assertThat(
        LocalRuns.failing("ingest", warehouse(), "--source=hubspot", "--input=" + folder + "/in"),
        allOf(
            containsString("contact.csv has no column id or vid or contact_id; id of"),
            containsString("the header has property_email, vid_")));
    assertThat(
        LocalRuns.failing("ingest", warehouse(), "--source=hubspt", "--input=" + folder + "/in"),
        is(
            "--source=hubspt is none; allowed are facebook_ads, google_ads, hubspot, intercom,"
                + " salesforce, web, zendesk, all\n"));
    assertThat(
        LocalRuns.failing("ingest", warehouse(), "--source=web", "--input=" + folder + "/in"),
        containsString("has no file that is named after a table of web; there are session, as in"));
    assertThat(Files.exists(warehouse()), is(false));
  }

  private void export(String file, String... lines) throws IOException {
    Files.createDirectories(folder.resolve("in"));
    Files.write(folder.resolve("in").resolve(file), List.of(lines));
  }

  private String ingest(String run, String... more) {
    String[] options = new String[more.length + 3];
    options[0] = "--source=hubspot";
    options[1] = "--input=" + folder + "/in";
    options[2] = "--runId=" + run;
    System.arraycopy(more, 0, options, 3, more.length);
    return LocalRuns.saying("ingest", warehouse(), options);
  }

  private Path warehouse() {
    return folder.resolve("w.duckdb");
  }

  private List<String> answers(String sql) {
    return DuckDbWarehouse.openReadOnly(warehouse()).query(sql).rows().stream()
        .map(row -> row.stream().map(String::valueOf).collect(joining(" ")))
        .toList();
  }
}
