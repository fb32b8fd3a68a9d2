package org.stripeanalytics.benchmark;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final Reasons NO_REASONS = new Reasons(Map.of());

  private static final String RESULTS =
      """
      {"machine": {"cpu": "Fast", "cores": 2, "memoryGigabytes": 8, "os": "Linux 6", "jdk": "VM 17"},
       "versions": {"beam": "2.70.0", "flink": "1.19.0", "duckdb": "v2.0.0"},
       "sizes": {"customers": 1000, "rawRows": 80000, "rawBytes": 90000000, "eventBytes": 50000000,
                 "computedRows": 40000, "computedBytes": 10000000},
       "measurements": [
        {"subject": "synthesis-nowhere", "customers": 20000, "amount": 1620000, "unit": "objects",
         "commit": "abc", "startUpAmount": 20000,
         "startUp": [{"seconds": 4.0}, {"seconds": 3.0}, {"seconds": 5.0}],
         "samples": [{"seconds": 12.0, "peakMegabytes": 900}, {"seconds": 11.0}, {"seconds": 15.0}]},
        {"subject": "transform-flink", "customers": 20000, "amount": 1600000, "unit": "raw rows",
         "commit": "abc", "samples": [{"seconds": 40.0}]}]}
      """;

  @Test
  void ratesLeaveStartUpOutAndSayMedianSpreadAndMemory() throws IOException {
    assertThat(
        page("{{synthesis}}"),
        is(
            """
            | what | customers | worked through | rate | seconds, median of N | min–max | of which start-up | peak memory |
            |---|---|---|---|---|---|---|---|
            | embedded Flink, to nowhere | 20,000 | 1,620,000 objects | 200,000/s | 12.0 of 3 | 11.0–15.0 | 4.00 | 900 MB |"""));
  }

  @Test
  void targetsAreReachedMissedWithAReasonOrNotMeasured() throws IOException {
    String targets =
        Page.of("{{targets}}", new Reasons(Map.of("transform", "the shuffle\n")))
            .render(Results.parse(RESULTS));

    assertThat(
        targets, containsString("| at least 200,000 objects/s | 200,000 objects/s | reached |"));
    assertThat(
        targets,
        containsString("| at least 75,000 raw rows/s | 40,000 raw rows/s | missed: the shuffle |"));
    assertThat(targets, containsString("| at most 30 s | not measured |  |"));
  }

  @Test
  void theCostModelScalesBytesAndRatesToMoreCustomers() throws IOException {
    // Per core 100,000 objects/s and 20,000 raw rows/s; 80 million objects; two vCPUs per core.
    assertThat(
        page("{{cost}}"),
        containsString(
            "| 1,000,000 | 80 million | 1 workers, 0.1 h | 1 workers, 0.6 h | 40 GB | $0.63 |"
                + " 0.18 TiB | 0.04 TiB | $1.18 | 93 GiB | $1.86 |"));
  }

  @Test
  void theBillOfWebhooksSaysWhetherItIsWithinItsBudget() throws IOException {
    String month =
        """
        "measurements": [
          {"subject": "incremental-month", "customers": 100000, "amount": 1, "unit": "raw rows",
           "commit": "abc", "startUpAmount": 0, "startUp": [{"seconds": 10.0}],
           "samples": [{"seconds": %s}]},"""
            .stripIndent();
    String slow = live(RESULTS.replace("\"measurements\": [", month.formatted("110.0")));
    String fast = live(RESULTS.replace("\"measurements\": [", month.formatted("10.0")));

    // 3,043,750 answers: 304,375 vCPU-seconds, half as many GiB-seconds, $1.22 for requests.
    assertThat(slow, containsString("| edge on Cloud Run, answering | $8.90 |"));
    assertThat(slow, containsString("events a day are **not within $25**"));
    // Two start-ups of 20 core-seconds and 2 ms of a core for each of 1.55 million customers.
    assertThat(slow, containsString("takes 3,146 s of a core"));
    assertThat(fast, containsString("takes 40 s of a core"));
    assertThat(page("{{live}}"), is("not measured"));
  }

  private static String live(String results) throws IOException {
    return Page.of("{{live}}", NO_REASONS).render(Results.parse(results));
  }

  @Test
  void thePageInTheRepositoryIsWhatItsTemplateReasonsAndResultsGive() throws IOException {
    Path folder = Path.of("scripts", "benchmark");
    Page page =
        Page.of(
            Files.readString(folder.resolve("template.md")),
            Reasons.read(folder.resolve("reasons.yaml")));

    assertThat(
        Files.readString(folder.resolve("README.md")),
        is(page.render(Results.read(folder.resolve("results.json")))));
  }

  @Test
  void aTemplateThatAsksForSomethingElseIsRefused() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> page("{{synthesys}}"));

    assertThat(
        refused.getMessage(), containsString("{{synthesys}} is no part of the page; allowed are"));
  }

  @Test
  void theTemplateInTheRepositoryIsRenderedWholly() throws IOException {
    String page =
        Page.of(
                Files.readString(Path.of("scripts", "benchmark", "template.md")),
                Reasons.read(Path.of("scripts", "benchmark", "reasons.yaml")))
            .render(Results.parse(RESULTS));

    assertThat(page.contains("{{"), is(false));
    assertThat(page, containsString("Fast, 2 cores, 8 GB; Linux 6; VM 17. Beam 2.70.0"));
  }

  private static String page(String template) throws IOException {
    return Page.of(template, NO_REASONS).render(Results.parse(RESULTS));
  }
}
