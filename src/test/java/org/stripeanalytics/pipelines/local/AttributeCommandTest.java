package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stripeanalytics.pipelines.Terminal;

class AttributeCommandTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

  @Test
  void aChainHasAConversionProbabilityAndItsChannelsHaveRemovalEffects() {
    String paths =
        """
        path,conversions,nulls
        ads,2,1
        mail,1,0
        ads > mail,1,0
        """;

    assertThat(attribute(paths, "--model=markov", "--format=csv"), is(0));

    assertThat(
        answer.toString(UTF_8),
        is(
            """
            channel,conversions,share,removal_effect\r
            ads,2.4,0.6,0.75\r
            mail,1.6,0.4,0.5\r
            """));
    assertThat(messages.toString(UTF_8), is("conversion probability of the Markov chain: 0.8\n"));
  }

  @Test
  void severalModelsStandSideBySide() {
    String paths =
        """
        path,conversions,value
        ads > mail > ads > search,1,999.99
        """;

    assertThat(
        attribute(paths, "--model=first,time-decay", "--daysBetween=0", "--valueDecimals=2"),
        is(0));

    assertThat(
        answer.toString(UTF_8),
        is(
            """
            channel  first  time_decay  first_value  time_decay_value
            -------  -----  ----------  -----------  ----------------
            ads          1         0.5       999.99            499.99
            mail         0        0.25            0               250
            search       0        0.25            0               250
            """));
  }

  /** The header, the separator and the unnamed column of row numbers are those of R. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "path;total_conversions;total_conversion_value;total_null\na > b;4;0.5;1\n",
        "\"\",\"path\",\"total_conversions\",\"total_null\"\n\"1\",\"a > b\",4,1\n",
        "\ufeffPath,Conversions\r\na>b,1\r\n a  >  b ,3\r\n",
      })
  void filesOfOtherProgramsCanBeReadAsTheyAre(String paths) {
    assertThat(attribute(paths, "--model=linear", "--format=json"), is(0));

    assertThat(answer.toString(UTF_8), containsString("{\"channel\":\"a\",\"conversions\":2,"));
    assertThat(answer.toString(UTF_8), containsString("{\"channel\":\"b\",\"conversions\":2,"));
  }

  @Test
  void channelsMayBeNamedLikeTheEndsOfTheChain() {
    String paths = "path,conversions,nulls\n(start) > (conversion) > (null),1,1\n(null),0,2\n";

    assertThat(attribute(paths, "--model=markov", "--format=csv"), is(0));

    assertThat(answer.toString(UTF_8), containsString("(conversion),0.25,"));
  }

  @Test
  void columnsThatMeanNothingAreNamed() {
    assertThat(attribute("path,conversions,nulsl,id\na,1,5,7\n", "--model=first"), is(0));

    assertThat(messages.toString(UTF_8), is("columns that are not used: nulsl, id\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "path,conversion/a,1                     | has no column conversions; it has path,conversion",
        "path,conversions,total_conversions/a,1,1| has the column conversions twice",
        "path,conversions                        | has a header and no rows",
        "path,conversions/a,1/,1                 | line 3 has an empty path",
        "path,conversions/a > > b,1              | line 2 has an empty channel in \"a > > b\"",
        "path,conversions/a >,1                  | line 2 has an empty channel in \"a >\"",
        "path,conversions/a,-1                   | line 2 has conversions=-1; allowed are",
        "path,conversions/a,                     | line 2 has conversions=; allowed are",
        "path,conversions,value/a,0,5            | line 2 has a value of 5 and no conversion",
        "path,conversions,days/a > b,1,7         | line 2 has 2 touches and 1 days",
        "path,conversions,days/a > b,1,7 > soon  | line 2 has days=soon; allowed are",
      })
  void aRowThatCannotBeUsedIsOneLineWithItsNumber(String paths, String complaint) {
    assertThat(attribute(paths.replace('/', '\n'), "--model=linear"), is(2));

    assertThat(messages.toString(UTF_8), containsString(complaint));
    assertThat(messages.toString(UTF_8).lines().count(), is(1L));
    assertThat(answer.size(), is(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--model=lst              | --model=lst is not known; allowed are first, last, linear, position,",
        "--model=                 | give --model",
        "--model=markov --order=0 | --order=0 cannot be used; give a whole number from 1 to 10",
        "--model=all --halfLife=0 | --halfLife=0 cannot be used; give a number of days above 0",
        "--model=all --daysBetween=-1   | --daysBetween=-1 cannot be used; give a number of days from 0",
        "--model=all --valueDecimals=99 | --valueDecimals=99 cannot be used; give a whole number",
        "--model=all --worth=rates      | --worth=rates is not known; allowed are subsets, rate, game",
        "--model=all --worth=game       | --worth=game goes with --model=shapley alone",
        "--model=shapley --worth=game   | divides the worth of all 2 channels, and no path has all",
        "--model=all --format=xml       | --format=xml is not known; allowed are table, csv, json",
        "--model=all --modl=first       | unknown option --modl; did you mean --model?",
        "--model=all first              | unexpected \"first\"",
      })
  void anOptionThatCannotBeUsedIsOneLine(String options, String complaint) {
    assertThat(attribute("path,conversions\na,1\nb,1\n", options.strip().split(" ")), is(2));

    assertThat(messages.toString(UTF_8), containsString(complaint));
    assertThat(messages.toString(UTF_8).lines().count(), is(1L));
  }

  @Test
  void moreThanAModelCanTakeIsRefused() {
    String paths =
        IntStream.rangeClosed(1, 2001)
            .mapToObj(i -> "channel " + i + ",1")
            .collect(Collectors.joining("\n", "path,conversions\n", "\n"));

    assertThat(attribute(paths, "--model=markov"), is(2));
    assertThat(attribute(paths, "--model=shapley", "--worth=rate"), is(2));
    assertThat(attribute(paths, "--model=shapley", "--format=csv"), is(0));

    assertThat(
        messages.toString(UTF_8),
        is(
            "a Markov chain of order 1 has 2,001 states here, more than 2,000; group channels\n"
                + "--worth=rate takes at most 20 channels and there are 2,001; group channels, or"
                + " use --worth=subsets, which takes any number\n"));
  }

  private int attribute(String paths, String... options) {
    try {
      Path file = Files.writeString(folder.resolve("paths.csv"), paths);
      List<String> args = new ArrayList<>(List.of("attribute", "--paths=" + file));
      args.addAll(List.of(options));
      Terminal terminal =
          new Terminal(
              new PrintStream(answer, true, UTF_8), new PrintStream(messages, true, UTF_8), false);
      return new Main(terminal, CLOCK).run(args);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
