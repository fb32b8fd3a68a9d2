package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** As its user sees it. */
class FitRetentionCommandTest {
  /** The regular customers of Fader and Hardie (2007). */
  private static final String REGULAR =
      """
      period,customers
      0,1000
      1,631
      2,468
      3,382
      4,326
      5,289
      6,262
      7,241
      8,223
      9,207
      10,194
      11,183
      12,173
      """;

  private final Screen screen = new Screen();
  @TempDir Path folder;

  @Test
  void thePublishedParametersForecastAndLifetimesAreOnOneScreen() throws IOException {
    assertThat(run(REGULAR, "--model=sbg", "--fit=7", "--forecast=5", "--discount=0.1"), is(0));

    assertThat(
        screen.answer(),
        allOf(
            containsString("  alpha           0.704077\n"),
            containsString("  beta            1.182043\n"),
            containsString("  log_likelihood  -1680.265188\n"),
            // The paper's mean absolute percentage error of years 8 to 12: 1.49 %.
            containsString("  forecast_mape   0.014864\n"),
            containsString("0.626706            0.631000   0.626706  2.964399\n"),
            containsString("      12  forecast        173          170.037453")));
  }

  @Test
  void csvIsOneTableWhoseFirstColumnSaysWhatARowIs() throws IOException {
    assertThat(run(REGULAR, "--fit=4", "--model=bdw", "--format=csv"), is(0));

    assertThat(
        screen.answer(),
        startsWith(
            "table,model,outcome,alpha,beta,c,log_likelihood,customers,periods_fitted,discount,"
                + "period,part,expected_customers,survival_observed,survival,retention_observed,"
                + "retention,derl\r\n"
                + "fit,bdw,found,0.523029"));
    assertThat(screen.answer().lines().count(), is(7L));
  }

  @Test
  void jsonHasAMemberForEachTable() throws IOException {
    assertThat(run(REGULAR, "--fit=4", "--forecast=1", "--format=json"), is(0));

    assertThat(
        screen.answer(),
        allOf(
            startsWith("{\n  \"fit\": {\"model\":\"sbg\",\"outcome\":\"found\",\"alpha\":0.763665"),
            containsString(
                "\"periods\": [\n    {\"period\":0,\"part\":\"start\",\"customers\":1000,"),
            containsString("{\"period\":5,\"part\":\"forecast\",\"customers\":289,"),
            containsString("\"notes\": []\n}\n")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "period,customers\n0,1000\n1,631\n2,468\n3,382\n4,326\n",
        "\ufeffPeriod,Customers\r\n0,1000\r\n1,631\r\n2,468\r\n3,382\r\n4,326\r\n\r\n",
        "customers;cohort;period\n1000;a;0\n631;a;1\n468;a;2\n382;a;3\n326;a;4",
        "period,customers\n1,100\n2,63.1\n3,46.8\n4,38.2\n5,32.6\n",
        "period,customers\n4,326\n0,1000\n3,382\n1,631\n2,468\n",
      })
  void countsAndSharesInAnyUsualFileHaveTheSameParameters(String file) throws IOException {
    assertThat(run(file), is(0));
    assertThat(screen.answer(), containsString("  alpha           0.763665\n"));
  }

  @Test
  void whereTheFirstPeriodIsOneItIsSaidHowFarIsFitted() throws IOException {
    assertThat(run("period,customers\n1,100\n2,63.1\n3,46.8\n4,38.2\n5,32.6\n", "--fit=3"), is(0));
    assertThat(
        screen.answer(),
        allOf(
            containsString("so period 4 is the last that was fitted.\n"),
            containsString("The log likelihood is that of a cohort of 100;")));
  }

  @Test
  void customersWhoAreAllAlikeHaveNoHugeParameters() throws IOException {
    assertThat(run("period,customers\n0,1000\n1,900\n2,810\n3,729\n"), is(0));
    assertThat(
        screen.answer(),
        allOf(
            containsString("  outcome         all_alike\n  alpha\n  beta\n"),
            containsString("  theta           0.100000\n"),
            containsString("alpha and beta grow without bound")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0,1000 1,631 3,382 | FILE line 4 has period=3, and no row has 2; give every period once",
        "3,382 0,1000 1,631 | FILE line 2 has period=3, and no row has 2; give every period once",
        "0,1000 1.5,631     | FILE line 3 has period=1.5, and no row has 1;",
        "1,600 0,1000 1,631 | FILE line 4 has period=1, which line 2 has too; give every period once",
        "0,1000 1,631 2,700 | FILE line 4 has customers=700 after 631; of a cohort there are never",
        "0,0 1,0            | FILE line 2 has customers=0; there is nobody",
        "3,631 2,1000       | FILE line 3 has period=2, and no row has less; the first is 0 or 1,",
        "0,1000 1,many      | FILE line 3 has customers=many; allowed are numbers from 0",
        "0,1000 1,-5        | FILE line 3 has customers=-5; allowed are numbers from 0",
        "0,1000 1,63.1%     | FILE line 3 has customers=63.1%; allowed are numbers from 0",
        "0,1000 1           | FILE line 3 has another number of cells (1) than the header (2)",
        "0,1000 1,631       | 1 periods after the first are too few for sbg, which has 2",
        "0,9 1,9 2,9        | FILE loses nobody in the periods to be fitted",
        "0,9 1,0 2,0        | FILE loses everybody at once;",
      })
  void countsThatCannotBeThoseOfACohortAreRefusedOnOneLine(String rows, String complaint)
      throws IOException {
    assertThat(run("period,customers\n" + rows.replaceAll(" +", "\n")), is(2));
    screen.assertRefused(complaint.replace("FILE", folder.resolve("counts.csv").toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--model=weibull | --model=weibull is not known; allowed are sbg, bdw",
        "--fit=13        | --fit=13 needs 14 rows;",
        "--fit=0         | --fit=0 cannot be used; give a whole number from 1",
        "--forecast=-1   | --forecast=-1 cannot be used; give a whole number from 0",
        "--discount=0    | --discount=0 cannot be used; give a number from 0.0001 to 10",
        "--discount=NaN  | --discount=NaN cannot be used;",
        "--format=xml    | --format=xml is not known; allowed are table, csv, json",
        "--fits=3        | unknown option --fits; did you mean --fit?",
        "regular.csv     | unexpected \"regular.csv\"; options are written --name=value",
      })
  void optionsThatCannotBeUsedAreRefusedOnOneLine(String option, String complaint)
      throws IOException {
    assertThat(run(REGULAR, option), is(2));
    screen.assertRefused(complaint);
  }

  @Test
  void aFileWithoutTheColumnsIsRefusedWithThoseThatItHas() throws IOException {
    assertThat(run("year,alive\n0,1000\n"), is(2));
    screen.assertRefused(
        folder.resolve("counts.csv") + " has no column period; it has year, alive");
  }

  @Test
  void aFileHasToBeGivenAndThere() {
    assertThat(screen.run("fit-retention"), is(2));
    screen.assertRefused("--counts is missing; give a file");
  }

  @Test
  void aPathMayHoldSpaces() throws IOException {
    Path file = Files.writeString(folder.resolve("my counts.csv"), REGULAR, UTF_8);

    assertThat(screen.run("fit-retention", "--counts=" + file), is(0));
  }

  @Test
  void helpListsTheOptions() {
    assertThat(screen.run("fit-retention", "--help"), is(0));
    assertThat(screen.answer(), is(FitRetentionCommand.USAGE));
  }

  private int run(String file, String... options) throws IOException {
    return screen.runOn("fit-retention", "counts", folder.resolve("counts.csv"), file, options);
  }
}
