package org.stripeanalytics.observability;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.observability.secrets.MarkerSecrets;
import org.stripeanalytics.observability.secrets.SecretReference;

class LineageChannelTest {
  private static final Instant NOW = Instant.parse("2024-01-06T02:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void aFileGainsALineForEachEventOfARun(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("lineage.ndjson");
    LineageRun run = run("file:" + file);

    run.tellStart(NOW);
    run.channel()
        .emit(() -> new LineageEvents(run).complete(NOW, ImmutableMap.of("marts.mrr_daily", 31L)));
    run.tellFailure(NOW, "it broke");

    List<JsonNode> events = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      events.add(JSON.readTree(line));
    }
    assertThat(
        events.stream().map(event -> event.at("/eventType").asText()).toList(),
        contains("START", "COMPLETE", "FAIL"));
    assertThat(
        events.stream().map(event -> event.at("/run/runId").asText()).distinct().toList(),
        contains(run.id().toString()));
    assertThat(events.get(2).at("/run/facets/errorMessage/message").asText(), is("it broke"));
  }

  @Test
  void anEventTellsTablesSchemasRowsAndWhichColumnsComeFromWhich(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("lineage.ndjson");
    LineageRun run = run("file:" + file);

    run.channel()
        .emit(() -> new LineageEvents(run).complete(NOW, ImmutableMap.of("marts.mrr_daily", 31L)));

    JsonNode event = JSON.readTree(Files.readString(file));
    assertThat(event.at("/job/name").asText(), is("transform"));
    assertThat(event.at("/inputs/0/name").asText(), is("shop.dev_dimensions.dim_customer"));
    JsonNode output = event.at("/outputs/0");
    assertThat(output.at("/namespace").asText(), is("bigquery"));
    assertThat(output.at("/name").asText(), is("shop.dev_marts.mrr_daily"));
    assertThat(output.at("/outputFacets/outputStatistics/rowCount").asLong(), is(31L));
    assertThat(output.at("/facets/schema/fields").findValuesAsText("name"), hasItem("mrr_end"));
    JsonNode columns = output.at("/facets/columnLineage/fields");
    assertThat(
        columns.at("/day/inputFields").findValuesAsText("name"),
        hasItem("shop.dev_facts.fct_mrr_movements"));
    assertThat("a computed column has table lineage only", columns.has("mrr_end"), is(false));
  }

  @Test
  void anEndpointIsSentTheEvents() throws IOException {
    try (Listener collector = Listener.answering(201)) {
      run(collector.address()).tellStart(NOW);

      assertThat(collector.heard(), contains(containsString("\"START\"")));
    }
  }

  @Test
  void anEndpointThatRefusesIsNamedInOneWarningAndNothingElseHappens() throws IOException {
    try (Listener collector = Listener.answering(500);
        Heard log = Heard.of(LineageChannel.class)) {
      LineageRun run = run(collector.address());

      run.tellStart(NOW);
      run.tellFailure(NOW, "it broke");

      assertThat(log.lines(), hasSize(1));
      assertThat(log.lines().get(0), containsString(collector.address()));
    }
  }

  @Test
  void anEndpointThatNeverAnswersHoldsTheRunUpForSecondsOnly() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Heard log = Heard.of(LineageChannel.class)) {
      long began = System.nanoTime();

      run("http://127.0.0.1:" + silent.getLocalPort()).tellStart(NOW);

      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began), is(lessThan(15L)));
      assertThat(log.lines(), hasSize(1));
    }
  }

  @Test
  void aCollectorThatAsksForAKeyIsShownIt() throws IOException {
    try (Listener collector = Listener.answering(201)) {
      run(new LineageChannel(collector.address(), new SecretReference("marker:key")))
          .tellStart(NOW);

      assertThat(collector.heard(), hasSize(1));
      assertThat(collector.authorizations(), contains("Bearer " + MarkerSecrets.KEY));
    }
  }

  @Test
  void aKeyThatCannotBeHadIsOneWarningAndNoEventGoesOutWithoutIt() throws IOException {
    try (Listener collector = Listener.answering(201);
        Heard log = Heard.of(LineageChannel.class)) {
      LineageRun run =
          run(new LineageChannel(collector.address(), new SecretReference("marker:refused")));

      run.tellStart(NOW);
      run.tellFailure(NOW, "it broke");

      assertThat(collector.heard(), is(empty()));
      assertThat(
          log.lines(),
          contains(
              "lineage events cannot be delivered to "
                  + collector.address()
                  + ": the secret marker:refused cannot be had: PERMISSION_DENIED"));
    }
  }

  @Test
  void nothingIsToldWhereNobodyListens() {
    assertThat(run(LineageChannel.NONE).channel().isOpen(), is(false));
    assertThat(run("file:x").id(), is(not(run("file:x", "another run").id())));
  }

  private static LineageRun run(String target) {
    return run(target, "nightly-7");
  }

  private static LineageRun run(LineageChannel channel) {
    return run(channel, "nightly-7");
  }

  private static LineageRun run(String target, String runId) {
    return run(new LineageChannel(target), runId);
  }

  private static LineageRun run(LineageChannel channel, String runId) {
    return new LineageRun(
        "transform",
        "Computes.",
        runId,
        ImmutableList.of("dimensions.dim_customer"),
        ImmutableList.of("marts.mrr_daily"),
        new LineageRun.Datasets("bigquery", "shop.dev_"),
        channel);
  }
}
