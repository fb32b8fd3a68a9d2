package org.stripeanalytics.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.junit.jupiter.api.Test;

class CommandLineTest {

  @Test
  void anOptionOfAnotherCommandIsUnknownAlsoAfterThatWasRead() {
    CommandLine.parse(SynthesizeOptions.class, List.of("--customers=7"));

    BadInput refused =
        assertThrows(
            BadInput.class,
            () -> CommandLine.parse(TransformOptions.class, List.of("--customers=7")));

    assertThat(refused.getMessage(), containsString("unknown option --customers"));
  }

  @Test
  void optionsOfThePipelineAndOfItsRunnerAreUnderstoodTogether() {
    RunLocalOptions options =
        CommandLine.parse(
            RunLocalOptions.class,
            List.of("--customers=7", "--runner=FlinkRunner", "--parallelism=3"));

    assertThat(options.getCustomers(), is(7));
    assertThat(options.getRunner(), is((Object) FlinkRunner.class));
    assertThat(options.as(FlinkPipelineOptions.class).getParallelism(), is(3));
  }

  @Test
  void theIntervalIsTheHistoryUnlessGiven() {
    RunLocalOptions options =
        CommandLine.parse(RunLocalOptions.class, List.of("--start=2022-01-01", "--end=2023-01-01"));

    assertThat(options.getFrom(), is("2022-01-01"));
    assertThat(options.getTo(), is("2023-01-01"));
    assertThat(options.getAsOf(), is("2023-01-01"));
  }

  @Test
  void anUnknownOptionIsRefusedWithTheNearestKnownOne() {
    assertThat(
        faultsOf("--custmers=7"), contains("unknown option --custmers; did you mean --customers?"));
  }

  @Test
  void anOptionLikeNoOtherIsRefusedWithoutAGuess() {
    assertThat(
        faultsOf("--xyzzyplugh=7"),
        contains("unknown option --xyzzyplugh; allowed is what --help lists"));
  }

  @Test
  void anUnknownRunnerIsRefusedWithThoseThatAreAllowed() {
    assertThat(
        faultsOf("--runner=SparkRunner"),
        contains(
            "--runner=SparkRunner is not known;"
                + " allowed are InMemoryRunner, FlinkRunner, DirectRunner, DataflowRunner"));
  }

  @Test
  void aNumberThatIsNoneIsRefusedWithItsRange() {
    assertThat(
        faultsOf("--seed=seven"),
        contains(
            "--seed=seven is not usable; allowed is a whole number"
                + " from -9223372036854775808 to 9223372036854775807"));
  }

  @Test
  void everyFaultIsNamed() {
    assertThat(
        faultsOf("--custmers=7", "--runner=None", "loose"),
        contains(
            "unexpected \"loose\"; options are written --name=value",
            "unknown option --custmers; did you mean --customers?",
            "--runner=None is not known;"
                + " allowed are InMemoryRunner, FlinkRunner, DirectRunner, DataflowRunner"));
  }

  @Test
  void anOptionGivenTwiceIsRefused() {
    assertThat(faultsOf("--seed=1", "--seed=2"), contains("--seed is given twice; give it once"));
  }

  @Test
  void anOptionWithOneDashIsRefused() {
    assertThat(
        faultsOf("-seed=1"), contains("cannot read \"-seed=1\"; options are written --name=value"));
  }

  private static List<String> faultsOf(String... args) {
    return assertThrows(
            BadInput.class, () -> CommandLine.parse(RunLocalOptions.class, List.of(args)))
        .faults();
  }
}
