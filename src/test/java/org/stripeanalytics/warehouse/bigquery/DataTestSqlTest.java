package org.stripeanalytics.warehouse.bigquery;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.zetasql.SqlException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.StagingView;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.quality.ContractTests;
import org.stripeanalytics.quality.DataTest;

/** The data tests of every contract, as BigQuery would be asked them. */
@EnabledOnOs(
    value = {OS.LINUX, OS.MAC},
    disabledReason = "GoogleSQL's analyser is a library for Linux and macOS")
class DataTestSqlTest {
  private static final TableNames NAMES = new TableNames("a-project", "dev");
  private static final GoogleSqlAnalyser GOOGLE_SQL =
      GoogleSqlAnalyser.over(
          NAMES, new RunStamp("nightly-7", Instant.parse("2024-06-01T12:00:00Z")));
  private static final LocalDate AS_OF = LocalDate.of(2024, 6, 1);

  static Stream<WarehouseTable<?>> tables() {
    return Tables.all().stream();
  }

  @ParameterizedTest
  @MethodSource("tables")
  void googleSqlAcceptsTheScanOfATableOnItsFirstRunAndLater(WarehouseTable<?> table) {
    accepts(ContractTests.scan(table.contract(), AS_OF, OptionalLong.empty()).sql());
    accepts(ContractTests.scan(table.contract(), AS_OF, OptionalLong.of(1000)).sql());
  }

  @ParameterizedTest
  @MethodSource("tables")
  void googleSqlAcceptsTheQueryForWhatFailsATest(WarehouseTable<?> table) {
    tests(table.contract())
        .forEach(
            test -> {
              accepts(test.failing());
              accepts("SELECT * FROM (" + test.failing() + ") AS failing LIMIT 5");
            });
  }

  @Test
  void aTestOfAColumnThatIsNotThereIsRefused() {
    String wrong =
        ContractTests.scan(Tables.FX_RATES.contract(), AS_OF, OptionalLong.empty())
            .sql()
            .replace("t.rate", "t.exchange_rate");

    assertThrows(SqlException.class, () -> accepts(wrong));
  }

  @Test
  void everyViewOfStagingIsGoogleSql() {
    for (StagingView view : StagingView.all()) {
      // The analyser knows the tables; of the views each is shown to it with what it reads.
      String owners = TableNames.sql(ViewResource.reference(NAMES, view.ofOwners()));
      String inPlace = "(" + ViewResource.query(NAMES, view.ofOwners()) + ")";
      accepts(ViewResource.query(NAMES, view).replace(owners, inPlace));
    }
  }

  @Test
  void everyKindOfTestIsShownToTheAnalyser() {
    long kinds =
        Tables.all().stream()
            .flatMap(table -> tests(table.contract()))
            .map(DataTest::rule)
            .distinct()
            .count();

    // The columns are compared by their names and types, without SQL.
    assertThat(kinds, is(DataTest.Rule.values().length - 1L));
  }

  private static Stream<DataTest> tests(Contract contract) {
    return Stream.concat(
        ContractTests.scan(contract, AS_OF, OptionalLong.of(1000)).tests().stream(),
        ContractTests.identities(contract).stream());
  }

  private static void accepts(String sql) {
    assertThat(sql, GOOGLE_SQL.kinds(LayerNames.resolve(sql, NAMES) + ";"), contains("QueryStmt"));
  }
}
