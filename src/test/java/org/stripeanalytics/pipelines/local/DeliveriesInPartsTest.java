package org.stripeanalytics.pipelines.local;

import static java.util.stream.Collectors.groupingBy;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Maps;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.warehouse.TableChecksum;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/** What is delivered in several ingestions comes to what it comes to in one. */
class DeliveriesInPartsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> OF_THE_RUN = Set.of("_ingested_at", "_run_id");

  @TempDir static Path shared;
  private static List<ObjectNode> account;
  private static DuckDbWarehouse inOne;

  @TempDir Path folder;
  private int runs;

  @BeforeAll
  static void anAccountInOneDelivery() throws IOException {
    LocalRuns.run(
        "synthesize",
        "--customers=300",
        "--seed=5",
        "--events",
        "--start=2024-01-01",
        "--end=2025-01-01",
        "--output=" + shared.resolve("files"));
    account = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(shared.resolve("files/events"))) {
      for (Path file : files) {
        for (String line : Files.readAllLines(file)) {
          account.add((ObjectNode) JSON.readTree(line));
        }
      }
    }
    inOne =
        LocalRuns.run(
            "ingest", shared.resolve("one.duckdb"), "--input=" + write(shared, "one", account));
  }

  @Test
  void aSecondThatIsCutBetweenTwoDeliveriesHasTheSameLastVersions() throws IOException {
    Random random = new Random(1);
    List<ObjectNode> first = new ArrayList<>();
    List<ObjectNode> second = new ArrayList<>();
    int cut = 0;
    for (List<ObjectNode> events : seconds(random).values()) {
      int before = random.nextInt(events.size() + 1);
      first.addAll(events.subList(0, before));
      second.addAll(events.subList(before, events.size()));
      cut += before > 0 && before < events.size() ? 1 : 0;
    }
    assertThat("seconds that are cut", cut, greaterThan(50));

    ingest("--input=" + write(folder, "first", first));
    DuckDbWarehouse inTwo = ingest("--input=" + write(folder, "second", second));

    // The events themselves have other ids.
    assertThat(differingRawTables(inTwo), contains("raw.events"));
  }

  /** The events of each second, in random order and with their ids exchanged. */
  private static Map<Long, List<ObjectNode>> seconds(Random random) {
    Map<Long, List<ObjectNode>> seconds =
        account.stream()
            .map(ObjectNode::deepCopy)
            .collect(
                groupingBy(
                    event -> event.get("created").asLong(), TreeMap::new, Collectors.toList()));
    for (List<ObjectNode> events : seconds.values()) {
      Collections.shuffle(events, random);
      List<JsonNode> ids =
          events.stream().map(event -> event.get("id")).collect(Collectors.toList());
      Collections.shuffle(ids, random);
      IntStream.range(0, ids.size()).forEach(i -> events.get(i).set("id", ids.get(i)));
    }
    return seconds;
  }

  @Test
  void itemsCompleteTheirSubscriptionWhicheverComesFirst() throws IOException {
    ingest(state("sub_1", "2024-03-01", "si_1"), itemsOf("sub_2", "si_1", "si_2", "si_3"));
    DuckDbWarehouse warehouse =
        ingest(state("sub_2", "2024-03-02", "si_1"), itemsOf("sub_1", "si_1", "si_2", "si_3"));

    assertThat(
        items(warehouse),
        contains("sub_1 2024-03-01 [si_1, si_2, si_3] null", "sub_2 2024-03-02 [si_1] 2"));
    assertThat(
        answers(warehouse, "SELECT DISTINCT rule, message FROM ops.rejected_records"),
        contains(containsString("missing_owner sub_2 of raw.subscriptions, to which it belongs")));

    LocalRuns.run("replay", folder.resolve("w.duckdb"), ofRun("--run=run1"));
    warehouse = ingest(state("sub_1", "2024-04-01", "si_1", "si_2"));

    assertThat(
        items(warehouse),
        contains(
            "sub_1 2024-03-01 [si_1, si_2, si_3] null",
            "sub_1 2024-04-01 [si_1, si_2, si_3] null",
            "sub_2 2024-03-02 [si_1, si_2, si_3] null"));
    assertThat(
        answers(warehouse, "SELECT DISTINCT replayed_by FROM ops.rejected_records"),
        contains("run3"));
  }

  private DuckDbWarehouse ingest(String... options) {
    return LocalRuns.run("ingest", folder.resolve("w.duckdb"), ofRun(options));
  }

  private String[] ofRun(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--runId=run" + ++runs);
    all.add("--ingestedAt=2026-01-0" + runs + "T00:00:00Z");
    all.add("--maxRejectedFraction=1");
    return all.toArray(String[]::new);
  }

  /** A subscription of three items, of which an event shows the first. */
  private String state(String subscription, String day, String... shown) throws IOException {
    ObjectNode event =
        (ObjectNode)
            JSON.readTree(
                """
        {"id":"evt_%3$s","object":"event","type":"customer.subscription.updated","livemode":true,
         "created":%2$d,"api_version":"2025-03-31.basil","pending_webhooks":0,"data":{"object":
          {"id":"%1$s","object":"subscription","customer":"cus_1","created":1704445200,
           "start_date":1704445200,"status":"active","currency":"usd","livemode":true,
           "collection_method":"charge_automatically","billing_cycle_anchor":1704445200,
           "cancel_at_period_end":false,"metadata":{},"discounts":[],
           "items":{"object":"list","has_more":true,"total_count":3,"data":[]}}}}
        """
                    .formatted(
                        subscription, Instant.parse(day + "T12:00:00Z").getEpochSecond(), day));
    for (String id : shown) {
      event.withArray("/data/object/items/data").add(item(subscription, id));
    }
    return "--input=" + write(folder, day, List.of(event));
  }

  private String itemsOf(String subscription, String... ids) throws IOException {
    List<ObjectNode> items = new ArrayList<>();
    for (String id : ids) {
      items.add(item(subscription, id));
    }
    return "--input=" + write(folder, "items-of-" + subscription, items);
  }

  private static ObjectNode item(String subscription, String id) throws IOException {
    return (ObjectNode)
        JSON.readTree(
            """
            {"id":"%s","object":"subscription_item","subscription":"%s","created":1704445200,
             "quantity":1,"current_period_start":1704445200,"current_period_end":1707123600,
             "discounts":[],"price":{"id":"price_1","object":"price","product":"prod_1",
              "currency":"usd","type":"recurring","billing_scheme":"per_unit","unit_amount":500,
              "created":1704445200,"active":true,"livemode":true,"metadata":{},
              "recurring":{"interval":"month","interval_count":1,"usage_type":"licensed"}}}
            """
                .formatted(id, subscription));
  }

  private static List<String> items(DuckDbWarehouse warehouse) {
    return answers(
        warehouse,
        "SELECT id, _snapshot_date, list_transform(items, lambda i: i.id), _missing_parts"
            + " FROM raw.subscriptions ORDER BY ALL");
  }

  private static List<String> answers(DuckDbWarehouse warehouse, String sql) {
    return warehouse.query(sql).rows().stream()
        .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining(" ")))
        .toList();
  }

  private static Path write(Path folder, String name, List<ObjectNode> records) throws IOException {
    return Files.write(
        folder.resolve(name + ".ndjson"), records.stream().map(ObjectNode::toString).toList());
  }

  private static Set<String> differingRawTables(DuckDbWarehouse other) {
    Map<String, TableChecksum> one = rawTables(inOne);
    assertThat(one.get("raw.subscriptions").rows() > 0, is(true));
    return Maps.difference(one, rawTables(other)).entriesDiffering().keySet();
  }

  private static Map<String, TableChecksum> rawTables(DuckDbWarehouse warehouse) {
    return warehouse.checksums(OF_THE_RUN).stream()
        .filter(table -> table.table().startsWith("raw."))
        .collect(Collectors.toMap(TableChecksum::table, table -> table));
  }
}
