package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.warehouse.TableChecksum;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/** Files of Stripe's JSON into a warehouse, as a person has them ingested. */
class IngestTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

  @Test
  void aFolderOfBrokenFilesLoadsItsGoodRowsAndListsEveryBadOneWithItsReason() throws IOException {
    write("good.ndjson", refund("re_1", 100) + "\n" + refund("re_2", 200) + "\n");
    write("one_bad_line.ndjson", refund("re_3", 300) + "\n{\"id\":\"re\n" + refund("re_4", 4));
    write("array.json", "[" + refund("re_5", 5) + ",\n " + refund("re_6", -6) + "]");
    write("list.json", "{\"object\":\"list\",\"data\":[" + refund("re_7", 7) + "]}");
    write("pretty.json", refund("re_8", 8).replace(",", ",\n  ").replace("{", "{\n  "));
    write("marked.ndjson", "\uFEFF" + refund("re_9", 9));
    write("utf16.ndjson", ("\uFEFF" + refund("re_x", 1)).getBytes(UTF_16LE));
    write("empty.ndjson", "");
    write("empty_page.json", "{\"object\":\"list\",\"data\":[]}");
    write("ignored.json", "{\"id\":\"cs_1\",\"object\":\"checkout.session\"}");
    write("unknown.json", "{\"id\":\"u_1\",\"object\":\"unicorn\"}");
    write("no_id.json", refund("", 1));
    write("enum.json", refund("re_10", 1).replace("succeeded", "dancing"));
    write("currency.json", refund("re_11", 1).replace("usd", "zzz"));
    write("type.json", refund("re_12", 1).replace(":1,", ":\"1\","));
    write("time.json", refund("re_13", 1).replace("1704445200", "1704445200000"));
    byte[] gzip = gzip((refund("re_14", 14) + "\n").repeat(3));
    write("whole.ndjson.gz", gzip);
    write("cut.ndjson.gz", Arrays.copyOf(gzip, gzip.length - 12));

    int status = ingest("a", "--input=" + folder + "/in/*", "--maxRejectedFraction=1");

    assertThat(messages.toString(UTF_8), status, is(0));
    assertThat(
        answers("SELECT id, amount FROM raw.refunds"),
        containsInAnyOrder(
            "re_1 100",
            "re_2 200",
            "re_3 300",
            "re_4 4",
            "re_5 5",
            "re_7 7",
            "re_8 8",
            "re_9 9",
            "re_10 1",
            "re_14 14"));
    assertThat(
        answers(
            "SELECT parse_filename(source_file), rule, record_number FROM ops.rejected_records"
                + " ORDER BY ALL"),
        contains(
            "array.json negative_amount 2",
            "currency.json unknown_currency 1",
            "cut.ndjson.gz truncated_file 2",
            "empty.ndjson empty_file 1",
            "no_id.json missing_id 1",
            "one_bad_line.ndjson broken_json 2",
            "time.json impossible_timestamp 1",
            "type.json wrong_type 1",
            "unknown.json unknown_object 1",
            "utf16.ndjson unsupported_encoding 1"));
    // Of re_14 there are four: three in the whole file and one in that which is cut.
    assertThat(
        answers(
            "SELECT rows_in, rows_loaded, rows_superseded, rows_rejected, bytes_loaded > 0,"
                + " checksum <> '0', seconds >= 0 FROM ops.run_log WHERE table_name ="
                + " 'raw.refunds'"),
        contains("18 10 3 5 true true true"));
    assertThat(
        answers("SELECT payload, message FROM ops.rejected_records WHERE rule = 'broken_json'"),
        contains("{\"id\":\"re a text is not closed at the end of its line"));
    assertThat(
        messages.toString(UTF_8),
        containsString(
            """

            Delivered           read  ignored  rejected  first day   last day
              no object            5                  5
              checkout.session     1        1
              empty page           1        1
              raw.refunds         18                  5  2024-02-01  2024-02-01

            Rejected
              no object    1 broken_json, 1 empty_file, 1 truncated_file, …
              raw.refunds  1 impossible_timestamp, 1 missing_id, 1 negative_amount, …

            Missing
              no customers delivered: no country, channel or signup is known, trial_funnel is empty
            """));
  }

  @Test
  void anHourInWhichNothingArrivedIsARunOfNoRowsIfThatIsAllowed() throws IOException {
    write("rows.ndjson", refund("re_1", 1));
    assertThat(ingest("before", "--input=" + folder + "/in/*.ndjson"), is(0));

    int status =
        ingest(
            "idle",
            "--allowEmptyInput",
            "--input=" + folder + "/in/2026-01-01/*",
            "--input=" + folder + "/in/*.gz");

    assertThat(messages.toString(UTF_8), status, is(0));
    assertThat(
        answers(
            "SELECT DISTINCT outcome, rows_in, rows_loaded, rows_rejected FROM ops.run_log"
                + " WHERE _run_id = 'idle'"),
        contains("succeeded 0 0 0"));
    assertThat("what was there stays", answers("SELECT id FROM raw.refunds"), contains("re_1"));
  }

  @Test
  void aPathThatMatchesNothingIsOneLine() throws IOException {
    assertThat(ingest("typo", "--input=" + folder + "/inn/*"), is(2));
    assertThat(ingest("typo", "--allowEmptyInput", "--input=" + folder + "/in/rows.ndjson"), is(2));

    assertThat(
        messages.toString(UTF_8).lines().toList(),
        contains(
            "--input=%s/inn/* matches no file; give the path of at least one".formatted(folder),
            "--input=%s/in/rows.ndjson matches no file; give the path of at least one"
                .formatted(folder)));
  }

  @Test
  void tooManyRejectedRowsFailTheRunInOneLineWhenTheGoodOnesAreSafe() throws IOException {
    write("rows.ndjson", refund("re_1", 1) + "\n" + refund("re_2", -2) + "\n");

    assertThat(ingest("bad", "--input=" + folder + "/in/*"), is(1));

    assertThat(
        failure(),
        is(
            "1 of 2 rows (50.00 %) were rejected, more than --maxRejectedFraction=0.01 allows:"
                + " 1 negative_amount; the others are published, and ops.rejected_records lists"
                + " these under run_id bad"));
    assertThat(answers("SELECT id FROM raw.refunds"), contains("re_1"));
    assertThat(answers("SELECT object_id FROM ops.rejected_records"), contains("re_2"));
  }

  @Test
  void whatWasRejectedIsIngestedAgainAndMarked() throws IOException {
    write("rows.ndjson", refund("re_1", 1) + "\n" + refund("re_2", -2) + "\n");
    run("ingest", "--runId=first", "--input=" + folder + "/in/*", "--maxRejectedFraction=1");

    // Without a day of extraction all were rejected; with one only the negative amount still is.
    int status =
        run(
            "replay",
            "--runId=second",
            "--run=first",
            "--extractedOn=2024-02-01",
            "--maxRejectedFraction=1");

    assertThat(messages.toString(UTF_8), status, is(0));
    assertThat(answers("SELECT id FROM raw.refunds"), contains("re_1"));
    assertThat(
        answers(
            "SELECT run_id, object_id, rule, replayed_by FROM ops.rejected_records ORDER BY ALL"),
        contains(
            "first re_1 missing_extraction_day second",
            "first re_2 missing_extraction_day second",
            "second re_2 negative_amount null"));

    messages.reset();
    assertThat(run("replay", "--runId=third", "--run=first"), is(1));
    assertThat(failure(), startsWith("run first has rejected nothing that waits to be replayed"));
  }

  @Test
  void eventsMayComeInAnyOrderAnyNumberOfTimesAndLate() throws IOException {
    write("1.ndjson", event(1, "2024-01-05T09:00:00Z", 100));
    write("2.ndjson", event(2, "2024-01-05T18:00:00Z", 200) + event(3, "2024-01-06T09:00:00Z", 3));
    write("3.ndjson", event(4, "2024-02-01T09:00:00Z", 400));

    ingestInto("together.duckdb", "in/*");
    ingestInto("apart.duckdb", "in/3.*");
    ingestInto("apart.duckdb", "in/2.*");
    ingestInto("apart.duckdb", "in/1.*");
    ingestInto("apart.duckdb", "in/2.*");

    assertThat(checksums("apart.duckdb"), is(checksums("together.duckdb")));
    assertThat(
        answersOf("apart.duckdb", "SELECT _snapshot_date, amount FROM raw.refunds ORDER BY ALL"),
        contains("2024-01-05 200", "2024-01-06 3", "2024-02-01 400"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --maxRejectedFraction=1 | --input is missing; give the files to ingest, as in --input='exports/*.ndjson'
          --input=nowhere/*.json | --input=nowhere/*.json matches no file; give the path of at least one
          --input=src | --input=src is a directory; give the files in it, as in DIRECTORY/*
          --input=pom.xml --maxRejectedFraction=2 | --maxRejectedFraction=2.0 is out of range; allowed are numbers from 0 to 1
          --input=pom.xml --extractedOn=soon | --extractedOn=soon is no date; allowed is a day of the calendar as in 2021-01-31
          --input=pom.xml --runId=a --runId=b | --runId is given twice; give it once
          """)
  void badInputIsOneLine(String options, String fault) {
    assertThat(run("ingest", options.split(" ")), is(2));
    assertThat(messages.toString(UTF_8), is(fault + "\n"));
    assertThat(Files.exists(folder.resolve("stripe.duckdb")), is(false));
  }

  /** What was said besides the progress. */
  private String failure() {
    return messages
        .toString(UTF_8)
        .lines()
        .filter(line -> !line.matches("\\w+ +[0-9.]+ s(  .*rows/s)?"))
        .collect(joining("\n"));
  }

  private int ingest(String runId, String... options) {
    List<String> all = new ArrayList<>(List.of("--runId=" + runId, "--extractedOn=2024-02-01"));
    all.addAll(List.of(options));
    return run("ingest", all.toArray(String[]::new));
  }

  private void ingestInto(String warehouse, String files) {
    int status =
        run(
            "ingest",
            "--input=" + folder.resolve(files),
            "--warehouse=" + folder.resolve(warehouse));
    assertThat(messages.toString(UTF_8), status, is(0));
  }

  private int run(String command, String... options) {
    PrintStream print = new PrintStream(messages, true, UTF_8);
    List<String> args =
        new ArrayList<>(List.of(command, "--runner=InMemoryRunner", "--targetParallelism=1"));
    if (!List.of(options).toString().contains("--warehouse")) {
      args.add("--warehouse=" + folder.resolve("stripe.duckdb"));
    }
    args.addAll(List.of(options));
    return new Main(new Terminal(print, print, false), CLOCK).run(args);
  }

  private void write(String name, String text) throws IOException {
    write(name, text.getBytes(UTF_8));
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(Files.createDirectories(folder.resolve("in")).resolve(name), bytes);
  }

  private List<String> answers(String sql) {
    return answersOf("stripe.duckdb", sql);
  }

  private List<String> answersOf(String warehouse, String sql) {
    return DuckDbWarehouse.openReadOnly(folder.resolve(warehouse)).query(sql).rows().stream()
        .map(row -> String.join(" ", row.stream().map(String::valueOf).toList()))
        .toList();
  }

  private List<TableChecksum> checksums(String warehouse) {
    return DuckDbWarehouse.openReadOnly(folder.resolve(warehouse)).checksums(Set.of());
  }

  private static String refund(String id, long amount) {
    return "{\"id\":\"%s\",\"object\":\"refund\",\"amount\":%d,\"created\":1704445200,\"currency\":\"usd\",\"status\":\"succeeded\",\"charge\":\"ch_1\"}"
        .formatted(id, amount);
  }

  private static String event(int number, String at, long amount) {
    return "{\"id\":\"evt_%d\",\"object\":\"event\",\"type\":\"refund.updated\",\"created\":%d,\"livemode\":true,\"pending_webhooks\":0,\"data\":{\"object\":%s}}\n"
        .formatted(number, Instant.parse(at).getEpochSecond(), refund("re_1", amount));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
