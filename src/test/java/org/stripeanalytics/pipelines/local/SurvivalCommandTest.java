package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As its user sees it. What the numbers should be, the tests of the statistics say. */
class SurvivalCommandTest {
  private static final String PLANS =
      """
      duration,event,group,seats
      1,1,monthly,2
      2.5,1,monthly,1
      2.5,1,annual,4
      4,0,monthly,3
      6,1,annual,5
      6,0,annual,9
      """;

  private final Screen screen = new Screen();
  @TempDir Path folder;

  @Test
  void groupsAreDescribedAndCompared() throws IOException {
    assertThat(run(PLANS), is(0));

    assertThat(
        screen.answer(),
        allOf(
            containsString("  annual              3       2       6"),
            containsString("  monthly   2.5        2       1  0.333333   0.272166"),
            containsString("log rank test\n  chi_square"),
            containsString("  efron    monthly  annual"),
            containsString("  breslow  monthly  annual"),
            containsString("  efron    wald")));
  }

  @Test
  void withoutGroupsThereIsOneCurveAndNothingToCompare() throws IOException {
    assertThat(run(PLANS, "--by="), is(0));
    assertThat(screen.answer(), not(containsString("log rank")));
    assertThat(screen.answer(), not(containsString("cox")));
  }

  @Test
  void covariatesStandBesideTheGroups() throws IOException {
    assertThat(run(PLANS, "--covariates=seats", "--format=json"), is(0));
    assertThat(
        screen.answer(),
        allOf(
            startsWith("{\n  \"groups\": [\n    {\"group\":\"annual\",\"observations\":3,"),
            containsString("{\"ties\":\"efron\",\"term\":\"seats\",\"reference\":null,")));
  }

  @Test
  void groupsThatAreNumbersAreInTheirOrder() throws IOException {
    String file = "duration,event,tier\n1,1,10\n2,1,9\n3,1,10\n4,1,9\n";

    assertThat(run(file, "--by=tier"), is(0));
    assertThat(screen.answer(), containsString("  efron    10    9    "));
  }

  @Test
  void whatAProgramsRoundingErrorsTellApartIsOneTime() throws IOException {
    assertThat(run("duration,event\n0.30000000000000004,1\n0.3,1\n1,0\n", "--format=csv"), is(0));
    assertThat(screen.answer(), containsString("\r\nsurvival,,,2,,,,0.3,3,0.333"));
  }

  @Test
  void aRowWithoutACovariateIsLeftOutOfTheRegressionOnly() throws IOException {
    assertThat(run(PLANS + "7,1,annual,\n8,1,annual,NA\n", "--covariates=seats"), is(0));
    assertThat(
        screen.answer(),
        allOf(
            containsString("  annual              5       4"),
            containsString("because a covariate is missing: 2.\n")));
  }

  @Test
  void perfectSeparationIsSaidInsteadOfAHugeNumber() throws IOException {
    assertThat(run("duration,event,group\n1,1,a\n2,1,a\n3,0,b\n4,0,b\n"), is(0));
    assertThat(
        screen.answer(),
        allOf(
            containsString("minus_infinite\n"),
            containsString("b has no finite coefficient"),
            not(containsString("wald"))));
  }

  @Test
  void whereNoEventHappensThereIsStillACount() throws IOException {
    assertThat(run("duration,event,group\n1,0,a\n2,0,b\n"), is(0));
    assertThat(
        screen.answer(),
        allOf(
            containsString("  a                 1       0"),
            containsString("nothing can be compared"),
            containsString("there is no regression")));
  }

  @Test
  void anExactHalfIsExplained() throws IOException {
    assertThat(run("duration,event\n1,1\n3,1\n"), is(0));
    assertThat(
        screen.answer(),
        containsString("exactly half from 1 on; R reports the middle of that time, 2,"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,2,a   | FILE line 2 has event=2; allowed are 1 where the event happened and 0 where it",
        "1,,a    | FILE line 2 has event=; allowed are 1",
        "-1,1,a  | FILE line 2 has duration=-1; allowed are numbers from 0",
        "soon,1,a| FILE line 2 has duration=soon; allowed are numbers from 0",
        "1,1,    | FILE line 2 has group=; allowed are names of groups",
        "1,1     | FILE line 2 has another number of cells (2) than the header (3)",
        "''      | FILE has no row below its header",
      })
  void rowsThatCannotBeUsedAreRefusedOnOneLine(String row, String complaint) throws IOException {
    assertThat(run("duration,event,group\n" + row + "\n"), is(2));
    screen.assertRefused(complaint.replace("FILE", folder.resolve("durations.csv").toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--by=plan           | FILE has no column plan; it has duration, event, group, seats",
        "--covariates=price  | FILE has no column price; it has duration, event, group, seats",
        "--covariates=group  | FILE line 2 has group=monthly; allowed are numbers",
        "--interval=wide     | --interval=wide is not known; allowed are log, log-log",
        "--duration=x        | unknown option --duration; did you mean --durations?",
      })
  void optionsThatCannotBeUsedAreRefusedOnOneLine(String option, String complaint)
      throws IOException {
    assertThat(run(PLANS, option), is(2));
    screen.assertRefused(complaint.replace("FILE", folder.resolve("durations.csv").toString()));
  }

  @Test
  void helpListsTheOptions() {
    assertThat(screen.run("survival", "--help"), is(0));
    assertThat(screen.answer(), is(SurvivalCommand.USAGE));
  }

  private int run(String file, String... options) throws IOException {
    return screen.runOn("survival", "durations", folder.resolve("durations.csv"), file, options);
  }
}
