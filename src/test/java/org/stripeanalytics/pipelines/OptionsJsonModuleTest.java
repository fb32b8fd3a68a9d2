package org.stripeanalytics.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.instanceOf;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

/** Options as JSON are Beam's, and never those of before a change or of other options. */
class OptionsJsonModuleTest {
  private final ObjectMapper beams = new ObjectMapper();
  private final ObjectMapper ours = new ObjectMapper().registerModule(new OptionsJsonModule());

  @Test
  void jacksonFindsTheModuleByItself() {
    assertThat(ObjectMapper.findModules(), hasItem(instanceOf(OptionsJsonModule.class)));
  }

  @Test
  void theTextIsTheOneThatBeamWrites() throws Exception {
    TransformOptions options = options("--from=2024-02-01", "--to=2024-03-01", "--jobName=a");
    assertThat(
        beams.readTree(ours.writeValueAsString(options)),
        equalTo(beams.readTree(beams.writeValueAsString(options))));
  }

  @Test
  void aSettingThatChangesIsWrittenAnew() {
    TransformOptions options = options("--from=2024-02-01", "--to=2024-03-01");
    assertThat(asAWorkerGetsThem(options).getFrom(), equalTo("2024-02-01"));
    options.setFrom("2024-01-01");
    assertThat(asAWorkerGetsThem(options).getFrom(), equalTo("2024-01-01"));
  }

  @Test
  void optionsThatDifferAreNotTakenForEachOther() {
    assertThat(asAWorkerGetsThem(options("--from=2024-02-01")).getFrom(), equalTo("2024-02-01"));
    assertThat(asAWorkerGetsThem(options("--from=2024-03-01")).getFrom(), equalTo("2024-03-01"));
  }

  private static TransformOptions options(String... args) {
    return PipelineOptionsFactory.fromArgs(args).as(TransformOptions.class);
  }

  private static TransformOptions asAWorkerGetsThem(PipelineOptions options) {
    String json = new SerializablePipelineOptions(options).toString();
    return new SerializablePipelineOptions(json).get().as(TransformOptions.class);
  }
}
