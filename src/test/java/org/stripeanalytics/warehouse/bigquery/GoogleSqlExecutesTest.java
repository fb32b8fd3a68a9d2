package org.stripeanalytics.warehouse.bigquery;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.stripeanalytics.contract.Tables.RUN_LOG;
import static org.stripeanalytics.warehouse.bigquery.GoogleSqlProcess.NAMES;
import static org.stripeanalytics.warehouse.bigquery.GoogleSqlProcess.RUN;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.SurrogateKey;
import org.stripeanalytics.quality.ContractTests;
import org.stripeanalytics.quality.DataTest;
import org.stripeanalytics.quality.TableScan;
import org.stripeanalytics.warehouse.QueryResult;
import org.stripeanalytics.warehouse.RestatementSql;
import org.stripeanalytics.warehouse.Restating;
import org.stripeanalytics.warehouse.TableChecksum;
import org.stripeanalytics.warehouse.duckdb.DuckDbSql;
import org.stripeanalytics.warehouse.postgresql.PostgresSql;

/**
 * What BigQuery is asked, executed by GoogleSQL's own reference implementation, over rows at which
 * engines disagree, and compared with what DuckDB and PostgreSQL make of the same, cell for cell.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "GoogleSQL and PostgreSQL are run on Linux only")
class GoogleSqlExecutesTest {
  private static final LocalDate AS_OF = LocalDate.of(2024, 6, 1);
  private static final DataInterval MID_JANUARY =
      DataInterval.of(LocalDate.of(2024, 1, 10), LocalDate.of(2024, 2, 1));
  private static final int ROWS = 12;

  @TempDir static Path directory;
  private static ThreeEngines engines;

  @BeforeAll
  static void startEngines() throws Exception {
    engines = ThreeEngines.start(directory);
  }

  @AfterAll
  static void stopEngines() throws Exception {
    engines.close();
  }

  /** What lacks what has to be filled, or has a key twice, is for the tests of single tables. */
  @Test
  void threeEnginesCountAlikeWhatBreaksThePromisesOfATable() throws Exception {
    for (WarehouseTable<?> table : Tables.all()) {
      engines.fill(table.contract(), EdgeRows.withGaps(table.contract(), ROWS));
    }
    Answers answers = new Answers();
    for (WarehouseTable<?> table : Tables.all()) {
      TableScan scan = ContractTests.scan(table.contract(), AS_OF, OptionalLong.of(10));
      answers.compare(scan.sql());
      for (DataTest test : scan.tests()) {
        answers.compare(test.failing());
      }
    }
    answers.assertAlike();
  }

  @Test
  void threeEnginesFindAlikeWhatBreaksIdentitiesBetweenTables() throws Exception {
    for (WarehouseTable<?> table : Tables.all()) {
      Contract contract = table.contract();
      engines.fill(contract, EdgeRows.valid(contract, contract.columns(), 0, ROWS));
    }
    Answers answers = new Answers();
    for (WarehouseTable<?> table : Tables.all()) {
      for (DataTest test : ContractTests.identities(table.contract())) {
        answers.compare(test.failing());
      }
    }
    answers.assertAlike();
  }

  @Test
  void threeEnginesPublishEveryTableAlike() throws Exception {
    Answers answers = new Answers();
    for (WarehouseTable<?> table : Tables.all()) {
      Contract contract = table.contract();
      check(new PublicationOfEdges(engines, contract, MID_JANUARY), answers);
      if (contract.isVersioned()) {
        check(new PublicationOfEdges(engines, contract, null), answers);
      }
    }
    answers.assertAlike();
  }

  @Test
  void threeEnginesComputeTheSameChecksumOfEveryTable() throws Exception {
    for (WarehouseTable<?> table : TableChecksum.tables()) {
      Contract contract = table.contract();
      engines.fill(contract, EdgeRows.valid(contract, contract.columns(), 0, ROWS));
    }
    for (WarehouseTable<?> table : TableChecksum.tables()) {
      Contract contract = table.contract();
      String googleSql = LayerNames.resolve(ChecksumSql.of(contract, Set.of()), NAMES);

      List<Object> checksum = engines.googleSql().query(googleSql).rows().get(0);

      assertThat(
          contract.name(),
          List.of(
              DuckDbSql.query(engines.duckDb(), DuckDbSql.checksum(contract)).rows().toString(),
              PostgresSql.query(engines.postgres(), PostgresSql.checksum(contract))
                  .rows()
                  .toString()),
          everyItem(is(List.of(checksum).toString())));
    }
  }

  @Test
  void threeEnginesListTheSameFiguresThatAPublicationChanges() throws Exception {
    for (WarehouseTable<?> table : Tables.all()) {
      Contract contract = table.contract();
      engines.fill(contract, EdgeRows.valid(contract, contract.columns(), 0, ROWS));
    }
    engines.fill(
        RUN_LOG.contract(),
        List.of(
            aRun("earlier", "1.0", "{\"churnAt\":\"ended_at\"}"),
            aRun(RUN.runId(), "0.9", "{\"churnAt\":\"ended_at\",\"ž\":1}")));
    Restating run = new Restating("transform", "1.0", ImmutableMap.of("churnAt", "\"ended_at\""));
    Answers answers = new Answers();
    for (WarehouseTable<?> table : Tables.all()) {
      if (RestatementSql.concerns(table.contract())) {
        PublicationOfEdges publication =
            new PublicationOfEdges(engines, table.contract(), MID_JANUARY);
        answers.compare(table.name(), publication.restatements(run));
      }
    }
    answers.assertAlike();
  }

  private static Map<String, Object> aRun(String runId, String version, String options) {
    Contract contract = RUN_LOG.contract();
    Map<String, Object> row = EdgeRows.valid(contract, contract.columns(), 0, 1).get(0);
    row.put("_run_id", runId);
    row.put("_ingested_at", Instant.parse("2024-02-15T00:00:00Z"));
    row.put("pipeline", "transform");
    row.put("outcome", "succeeded");
    row.put("code_version", version);
    row.put("options", options);
    return row;
  }

  /** A line is {@code | what | `SQL` | `GoogleSQL` | `DuckDB` | `PostgreSQL` |}. */
  static Stream<Arguments> linesOfTheTableOfDialects() throws IOException {
    Pattern cell = Pattern.compile("`([^`]+)`");
    return Files.readAllLines(Path.of("schemas/README.md")).stream()
        .dropWhile(line -> !line.startsWith("## Where dialects differ"))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .dropWhile(line -> !line.startsWith("|---"))
        .skip(1)
        .takeWhile(line -> line.startsWith("| "))
        .map(line -> cell.matcher(line).results().map(found -> found.group(1)).toList())
        .map(cells -> Arguments.of(cells.get(0), cells.subList(1, 4)));
  }

  @ParameterizedTest
  @MethodSource("linesOfTheTableOfDialects")
  void enginesDifferAsTheTableOfDialectsSays(String expression, List<String> expected) {
    String sql = "SELECT CAST(" + expression + " AS STRING)";

    List<String> answers =
        List.of(
            answer(() -> engines.googleSql().query(sql)),
            answer(() -> DuckDbSql.query(engines.duckDb(), sql.replace("FLOAT64", "DOUBLE"))),
            answer(() -> PostgresSql.query(engines.postgres(), sql)));

    assertThat(answers, is(expected));
  }

  @Test
  void aSurrogateKeyIsTheFingerprintOfItsText() throws Exception {
    String text = "cus_1 ž 😀";

    Object fingerprint =
        engines.googleSql().query("SELECT FARM_FINGERPRINT('" + text + "')").value();

    assertThat(fingerprint, is(SurrogateKey.of(text)));
  }

  private static String answer(Callable<QueryResult> query) {
    try {
      return String.valueOf(query.call().value());
    } catch (GoogleSqlProcess.Refused | SQLException refused) {
      return "error";
    } catch (Exception e) {
      throw new IllegalStateException("an engine did not answer", e);
    }
  }

  private static void check(PublicationOfEdges publication, Answers answers) throws Exception {
    Map<String, List<String>> outcomes = publication.outcomes();
    List<String> before = outcomes.remove("before");
    String what = publication.contract().name() + " " + publication.interval();
    // A publication that changes nothing compares nothing.
    assertThat(what, outcomes.get("GoogleSQL"), not(before));
    answers.compare(what, outcomes);
  }

  /** The rows that not all engines have. */
  private static String apart(Map<String, List<String>> answers) {
    Set<String> common = new HashSet<>(answers.get("GoogleSQL"));
    answers.values().forEach(common::retainAll);
    return answers.entrySet().stream()
        .map(
            answer ->
                answer.getValue().stream()
                    .filter(row -> !common.contains(row))
                    .collect(joining("\n  ", "\n" + answer.getKey() + ":\n  ", "")))
        .collect(joining());
  }

  /** Collects what the engines answer differently. */
  private static final class Answers {
    private final List<String> differences = new ArrayList<>();
    private int asked;
    private int withRows;

    void compare(String sql) throws SQLException {
      compare(sql, engines.answers(sql));
    }

    void compare(String what, Map<String, List<String>> answers) {
      if (new HashSet<>(answers.values()).size() > 1) {
        differences.add(what + apart(answers));
      }
      asked++;
      withRows += answers.get("GoogleSQL").isEmpty() ? 0 : 1;
    }

    /** Queries that find nothing compare nothing. */
    void assertAlike() {
      assertThat(String.join("\n\n", differences), differences, empty());
      assertThat(withRows, greaterThan(asked / 2));
    }
  }
}
