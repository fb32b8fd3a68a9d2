package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.warehouse.RowMeter;

class ProgressTest {

  @Test
  void aLineTellsStageTimeRowsAndTheirRate() {
    assertThat(
        Progress.line("[1/2] synthesize", Duration.ofMillis(12_500), 0, 1_250_000),
        is("[1/2] synthesize   12.5 s  1,250,000 rows written  100,000 rows/s"));
  }

  @Test
  void rowsReadAreToldWhereThereAreAny() {
    assertThat(
        Progress.line("[2/2] transform", Duration.ofSeconds(10), 900_000, 100_000),
        is("[2/2] transform    10.0 s  900,000 rows read  100,000 rows written  100,000 rows/s"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--runner=DirectRunner", "--runner=FlinkRunner"})
  void theFiguresAtTheEndAreThoseOfTheRunnerAndNotOfThisProcess(String runner) {
    FlinkPipelineOptions options =
        PipelineOptionsFactory.fromArgs(runner).as(FlinkPipelineOptions.class);
    options.setFlinkMaster("[local]");
    options.setParallelism(2);
    ByteArrayOutputStream said = new ByteArrayOutputStream();

    Duration unused =
        Progress.during(
            new Terminal(System.out, new PrintStream(said, true, UTF_8), false),
            "count",
            System::nanoTime,
            () -> {
              // What other tasks of this process do meanwhile.
              RowMeter.STAGED.add(1_000);
              return countingTwelveThousandRows(options).run();
            });

    assertThat(
        said.toString(UTF_8).lines().reduce((earlier, last) -> last).orElseThrow(),
        containsString(" s  8,000 rows read  4,000 rows written  "));
  }

  private static Pipeline countingTwelveThousandRows(PipelineOptions options) {
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply("Batches", Create.of(1, 2, 3, 4)).apply("Count", ParDo.of(new CountFn()));
    return pipeline;
  }

  private static final class CountFn extends DoFn<Integer, Void> {
    @ProcessElement
    public void count() {
      RowMeter.READ.add(2_000);
      RowMeter.STAGED.add(1_000);
    }
  }
}
