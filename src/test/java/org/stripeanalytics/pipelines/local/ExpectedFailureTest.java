package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.quality.RunFailedException;
import org.stripeanalytics.warehouse.WarehouseException;
import org.stripeanalytics.warehouse.WarehouseInUseException;

class ExpectedFailureTest {

  @Test
  void badInputIsALinePerFaultAndStatusTwo() {
    assertThat(
        wrapped(new BadInput(List.of("--a is odd", "--b is odd"))),
        is(Optional.of(new ExpectedFailure(ImmutableList.of("--a is odd", "--b is odd"), 2))));
  }

  @Test
  void aWarehouseThatCannotBeUsedIsItsSentenceAndStatusTwo() {
    ExpectedFailure refusal = new ExpectedFailure(ImmutableList.of("it is no file"), 2);

    assertThat(
        ExpectedFailure.of(new WarehouseException("it is no file", new SQLException("magic"))),
        is(Optional.of(refusal)));
    assertThat(
        "a query of a step of ours",
        wrapped(new WarehouseException("no column")),
        is(Optional.empty()));
  }

  @Test
  void aWarehouseThatAnotherProcessKeepsIsItsSentenceWhoeverWaitedForIt() {
    assertThat(
        wrapped(new WarehouseInUseException("it is in use by process 7")),
        is(Optional.of(new ExpectedFailure(ImmutableList.of("it is in use by process 7"), 2))));
  }

  @Test
  void aCheckThatARunDidNotPassIsItsSentenceAndStatusOne() {
    assertThat(
        wrapped(new RunFailedException("half of the rows were rejected")),
        is(
            Optional.of(
                new ExpectedFailure(ImmutableList.of("half of the rows were rejected"), 1))));
  }

  @Test
  void aFullDiskSaysSoWhetherJavaOrDuckDbMeetsIt() {
    String java = "No space left on device";
    String duckDb = "IO Error: Could not write file \"/w/s.duckdb\": No space left on device\nat";

    assertThat(
        wrapped(new UncheckedIOException("cannot write rows", new IOException(java))).get(),
        is(
            new ExpectedFailure(
                ImmutableList.of(
                    "a disk is full (No space left on device); free some space and run this again"),
                1)));
    assertThat(
        wrapped(new WarehouseException(duckDb, new SQLException(duckDb))).get().lines(),
        contains(
            "a disk is full (IO Error: Could not write file \"/w/s.duckdb\": No space left on"
                + " device); free some space and run this again"));
  }

  @Test
  void tooLittleHeapNamesItsSizeAndTheOption() {
    ExpectedFailure failure = wrapped(new OutOfMemoryError("Java heap space")).get();

    assertThat(
        failure.lines().get(0),
        matchesPattern(
            "a Java heap of [0-9]+ MB is too small; give more, as in"
                + " PIPELINE_JAVA_OPTIONS=-Xmx6g"));
    assertThat(failure.status(), is(1));
  }

  @Test
  void aFileOfSomebodyElseIsNamed() {
    assertThat(
        wrapped(new AccessDeniedException("/w/stripe.duckdb")).get().lines(),
        contains("/w/stripe.duckdb may not be read or written by this user"));
  }

  @Test
  void whatNobodyForesawIsNotExplained() {
    assertThat(wrapped(new NoSuchFileException("/w/part-0")), is(Optional.empty()));
    assertThat(wrapped(new NullPointerException()), is(Optional.empty()));
  }

  /** As an engine gives it on. */
  private static Optional<ExpectedFailure> wrapped(Throwable cause) {
    return ExpectedFailure.of(new RuntimeException("job failed", new IOException(cause)));
  }
}
