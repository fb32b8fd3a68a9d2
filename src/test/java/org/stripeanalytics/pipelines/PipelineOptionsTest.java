package org.stripeanalytics.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.terms.MetricPolicies.ChurnAt;
import org.stripeanalytics.fold.terms.MetricPolicies.MrrDiscounts;
import org.stripeanalytics.fold.terms.ReportingFrame;

/** What each option may be; a fault is one line that says what was given and what is allowed. */
class PipelineOptionsTest {

  @Test
  void theDefaultsAreAllowed() {
    assertThat(faultsOf(), is(empty()));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --start=2021-02-30 | is no date; allowed is a day of the calendar as in 2021-01-31
          --end=tomorrow | is no date; allowed is a day of the calendar as in 2021-01-31
          --end=9999-01-01 | is out of range; allowed are 1970-01-01 to 2199-12-31
          --end=2021-01-01 | is not after --start=2021-01-01; it is the first day that is left out
          --to=2020-12-31 | is not after --from=2021-01-01; it is the first day that is left out
          --customers=0 | is out of range; allowed are 1 to 100000000
          --customers=-5 | is out of range; allowed are 1 to 100000000
          --asOf=2026-01-02 | is outside the interval; allowed are the days after 2021-01-01 up to 2026-01-01
          --asOf=2021-01-01 | is outside the interval; allowed are the days after 2021-01-01 up to 2026-01-01
          --warehouse=oracle:x | names a kind of warehouse that is not known; allowed are a DuckDB file, written duckdb:PATH or just PATH, bigquery:PROJECT[.PREFIX] and postgresql://USER@HOST[:PORT]/DATABASE[?prefix=PREFIX]
          --warehouse=duckdb: | names no file; allowed are a DuckDB file, written duckdb:PATH or just PATH, bigquery:PROJECT[.PREFIX] and postgresql://USER@HOST[:PORT]/DATABASE[?prefix=PREFIX]
          --warehouse=bigquery:x | names no project; allowed are a DuckDB file, written duckdb:PATH or just PATH, bigquery:PROJECT[.PREFIX] and postgresql://USER@HOST[:PORT]/DATABASE[?prefix=PREFIX]
          --warehouse=bigquery:my-project. | has a prefix of other characters than lower-case letters, digits and _; allowed are a DuckDB file, written duckdb:PATH or just PATH, bigquery:PROJECT[.PREFIX] and postgresql://USER@HOST[:PORT]/DATABASE[?prefix=PREFIX]
          --warehouse=bigquery:my-project.Dev-1 | has a prefix of other characters than lower-case letters, digits and _; allowed are a DuckDB file, written duckdb:PATH or just PATH, bigquery:PROJECT[.PREFIX] and postgresql://USER@HOST[:PORT]/DATABASE[?prefix=PREFIX]
          --warehouseRegion=over_there | is no region; allowed are names as in US, EU or europe-west3
          --reportingZone=Mars | is not a known time zone; allowed are names such as UTC or Europe/Berlin and offsets such as UTC+2 or +05:30
          --reportingZone=SystemV/EST5EDT | is not a known time zone; allowed are names such as UTC or Europe/Berlin and offsets such as UTC+2 or +05:30
          --mrrDiscounts=some | is not known; allowed are forever, billed, list
          --churnAt=never | is not known; allowed are ended_at, canceled_at
          --grossMargin=0 | is not a share of revenue; use a number above 0 and at most 1, such as 0.80
          --grossMargin=80% | is not a share of revenue; use a number above 0 and at most 1, such as 0.80
          --grossMargin=1.01 | is not a share of revenue; use a number above 0 and at most 1, such as 0.80
          --profile=none.yaml | cannot be read; allowed is the path of a YAML file
          --runId=a/b | is not a valid run id; use 1 to 64 letters, digits, "-" or "_"
          --output=out | writes files instead of tables; scripts/synthesize does that
          --format=xml | is not known; allowed are ndjson, ndjson.gz
          --ingestedAt=noon | is no time; allowed is a UTC time as in 2026-01-31T02:00:00Z
          """)
  void aBadValueIsOneFault(String option, String fault) {
    assertThat(faultsOf(option), contains(option + " " + fault));
  }

  @Test
  void aReportingCurrencyNeedsARate() {
    assertThat(
        faultsOf("--reportingCurrency=xyz").get(0),
        startsWith("--reportingCurrency=xyz has no rate in seeds.fx_rates; allowed are aud, "));
    assertThat(faultsOf("--reportingCurrency=eur"), is(empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --runId=x | is missing
          --tempLocation=/tmp | =/tmp is not in Cloud Storage
          """)
  void rowsOfBigQueryNeedAPlaceInCloudStorageToWaitIn(String option, String fault) {
    BadInput refusal =
        assertThrows(
            BadInput.class,
            () -> requireInput(Transform.PIPELINE, "--warehouse=bigquery:a-project", option));

    assertThat(
        refusal.faults(),
        contains(
            ("--tempLocation "
                    + fault
                    + "; rows wait there to be loaded into BigQuery, as in"
                    + " --tempLocation=gs://BUCKET/temp")
                .replace(" =", "=")));
  }

  @Test
  void filesAndRowsThatAreStreamedWaitNowhere() {
    requireInput(
        Transform.PIPELINE, "--warehouse=bigquery:a-project", "--tempLocation=gs://b/temp");
    requireInput(
        Pipelines.stream(),
        "--warehouse=bigquery:a-project",
        "--subscription=projects/a-project/subscriptions/stream");
  }

  private static <O extends RunOptions> void requireInput(
      PipelineMain<O> pipeline, String... args) {
    pipeline.requireInput(pipeline.parse(List.of(args), Clock.systemUTC()));
  }

  @Test
  void withoutOptionsThePoliciesAreTheDefaultOnes() {
    assertThat(
        PolicyOptions.policies(options()),
        is(
            MetricPolicies.defaults().toBuilder()
                .setFrame(ReportingFrame.defaults().withZone(ZoneId.of("UTC")))
                .build()));
  }

  @Test
  void everyPolicyIsAnOption() {
    assertThat(
        PolicyOptions.policies(
            options(
                "--mrrDiscounts=billed",
                "--churnAt=canceled_at",
                "--includePastDue=false",
                "--grossMargin=0.5",
                "--reportingZone=Europe/Berlin",
                "--reportingCurrency=eur")),
        is(
            MetricPolicies.defaults().toBuilder()
                .setMrrDiscounts(MrrDiscounts.BILLED)
                .setChurnAt(ChurnAt.CANCELED_AT)
                .setIncludePastDue(false)
                .setGrossMargin(new BigDecimal("0.5"))
                .setFrame(
                    ReportingFrame.defaults()
                        .withZone(ZoneId.of("Europe/Berlin"))
                        .withCurrency("eur"))
                .build()));
  }

  @Test
  void aKeyThatIsNoReferenceIsRefusedAndNotRepeated() {
    List<String> faults =
        faultsOf("--lineage=https://lineage.example.com", "--lineageKey=marker-7");

    assertThat(faults, contains(startsWith("--lineageKey is no reference to a secret; allowed")));
    assertThat(faults.get(0), not(containsString("marker-7")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--lineage=none", "--lineage=file:events.ndjson", "--runId=a"})
  void aKeyIsForACollector(String other) {
    assertThat(
        faultsOf("--lineageKey=env:LINEAGE_KEY", other),
        contains("--lineageKey goes with the http or https address of a collector in --lineage"));
    assertThat(
        faultsOf("--lineageKey=env:LINEAGE_KEY", "--lineage=http://localhost:5000"), is(empty()));
  }

  @Test
  void faultsWithoutEventsAreRefused() {
    assertThat(
        faultsOf("--faults=late:0.1"),
        contains("--faults disturbs the delivery of events; it needs --output and --events"));
  }

  @Test
  void faultsThatDoNotExistAreRefused() {
    List<String> faults = new ArrayList<>();
    SynthesizeOptions.check(options("--output=out", "--events", "--faults=early:0.1"), faults);

    assertThat(
        faults,
        contains(
            "--faults=early:0.1: early:0.1 is no fault; allowed are late, duplicate, out_of_order,"
                + " malformed, each with a share behind a colon"));
  }

  @Test
  void aRunIsNamedByItsStartUnlessGivenAName() {
    RunLocalOptions options = options("--ingestedAt=2020-01-01T00:00:00Z");

    RunOptions.identify(
        options, Clock.fixed(Instant.parse("2024-03-01T12:30:45.678Z"), ZoneOffset.UTC));

    assertThat(options.getRunId(), is("20240301T123045678"));
    assertThat(RunOptions.ingestedAt(options), is(Instant.parse("2020-01-01T00:00:00Z")));
  }

  private static List<String> faultsOf(String... args) {
    try {
      List<String> faults = new ArrayList<>();
      RunLocalOptions.check(options(args), faults);
      return faults;
    } catch (BadInput e) {
      return e.faults();
    }
  }

  private static RunLocalOptions options(String... args) {
    return CommandLine.parse(RunLocalOptions.class, List.of(args));
  }
}
