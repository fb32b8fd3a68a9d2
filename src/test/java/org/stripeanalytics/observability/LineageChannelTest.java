package org.stripeanalytics.observability;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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
    run.tellCompletion(NOW, ImmutableMap.of("marts.mrr_daily", 31L));
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

    run.tellCompletion(NOW, ImmutableMap.of("marts.mrr_daily", 31L));

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

  @ParameterizedTest
  @CsvSource({
    "'', /api/v1/lineage",
    "/, /api/v1/lineage",
    "/?tenant=7, /api/v1/lineage?tenant=7",
    "/events, /events",
    "/events/, /events/",
    "/events?tenant=7, /events?tenant=7"
  })
  void anEventIsPostedToTheAddressGivenOrWhereCollectorsTakeThem(String given, String posted)
      throws IOException {
    try (Listener collector = Listener.answering(201);
        Heard log = Heard.of(LineageChannel.class)) {
      run(collector.address() + given).tellStart(NOW);

      assertThat(collector.requests(), contains("POST " + posted));
      assertThat(collector.heard(), contains(containsString("\"START\"")));
      assertThat(log.lines(), is(empty()));
    }
  }

  @Test
  void everyEventThatACollectorRefusesIsNamedInAWarning() throws IOException {
    try (Listener collector = Listener.answering(500);
        Heard log = Heard.of(LineageChannel.class)) {
      LineageRun run = run(collector.address());

      run.tellStart(NOW);
      run.tellFailure(NOW, "it broke");

      String rest =
          " of transform, run nightly-7 is lost; it could not be delivered to "
              + collector.address()
              + ": it answered with status 500";
      assertThat(
          log.lines(), contains("the lineage event START" + rest, "the lineage event FAIL" + rest));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsNotFollowedAndTheEventIsReportedAsLost(int status) throws IOException {
    try (Listener elsewhere = Listener.answering(200);
        Listener collector = Listener.answering(status, Map.of("Location", elsewhere.address()));
        Heard log = Heard.of(LineageChannel.class)) {
      run(collector.address()).tellStart(NOW);

      assertThat(elsewhere.requests(), is(empty()));
      assertThat(
          log.lines(),
          contains(
              endsWith(
                  "it answered with status "
                      + status
                      + ", a redirect; give the address that it leads to")));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void aCollectorThatAsksToBeCalledAgainLaterIsNotWaitedFor(int status) throws IOException {
    try (Listener collector = Listener.answering(status, Map.of("Retry-After", "1"));
        Heard log = Heard.of(LineageChannel.class)) {
      run(collector.address()).tellStart(NOW);

      assertThat(collector.requests(), hasSize(1));
      assertThat(log.lines(), contains(endsWith("it answered with status " + status)));
    }
  }

  @Test
  void anEventThatCannotBeWrittenToItsFileIsReportedAsLost(@TempDir Path folder)
      throws IOException {
    Path noDirectory = Files.writeString(folder.resolve("occupied"), "a file");
    try (Heard log = Heard.of(LineageChannel.class)) {
      run("file:" + noDirectory.resolve("lineage.ndjson")).tellStart(NOW);
      run("file:" + folder).tellStart(NOW);

      assertThat(
          log.lines(),
          contains(
              endsWith("the file cannot be written (FileAlreadyExistsException)"),
              endsWith("the file cannot be written (FileSystemException)")));
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
  void noEventGoesOutWithoutAKeyThatCannotBeHad() throws IOException {
    try (Listener collector = Listener.answering(201);
        Heard log = Heard.of(LineageChannel.class)) {
      LineageRun run =
          run(new LineageChannel(collector.address(), new SecretReference("marker:refused")));

      run.tellStart(NOW);

      assertThat(collector.requests(), is(empty()));
      assertThat(
          log.lines(),
          contains(
              endsWith(
                  collector.address()
                      + ": the secret marker:refused cannot be had: PERMISSION_DENIED")));
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
