package org.stripeanalytics.pipelines.deployment;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stripeanalytics.fold.terms.MetricPolicies.ChurnAt;
import org.stripeanalytics.fold.terms.MetricPolicies.MrrDiscounts;
import org.stripeanalytics.pipelines.CommandLine;
import org.stripeanalytics.pipelines.PipelineMain;
import org.stripeanalytics.pipelines.Pipelines;
import org.stripeanalytics.synthesis.ObjectFormat;

class TemplateFilesTest {
  private static final String DIGEST = "@sha256:" + "0123456789abcdef".repeat(4);

  static List<PipelineMain<?>> pipelines() {
    return Pipelines.withEndless();
  }

  static Stream<Parameter> parameters() {
    return pipelines().stream().flatMap(pipeline -> Parameter.of(pipeline).stream()).distinct();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pipelines")
  void metadataAreThoseThatDataflowKnows(PipelineMain<?> pipeline) {
    assertThat(schema("metadata").validate(TemplateFiles.of(pipeline).metadata()), is(empty()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pipelines")
  void aContainerSpecWithItsImageIsOneThatDataflowKnows(PipelineMain<?> pipeline) {
    JsonNode spec =
        TemplateFiles.of(pipeline)
            .containerSpec()
            .put("image", "europe-west3-docker.pkg.dev/a-project/pipelines/a" + DIGEST);

    assertThat(schema("container-spec").validate(spec), is(empty()));
    assertThat(schema("metadata").validate(spec.get("metadata")), is(empty()));
  }

  @Test
  void aKindOfParameterThatDataflowDoesNotKnowIsNoticed() {
    JsonNode metadata = TemplateFiles.of(Pipelines.named("check")).metadata();
    ((com.fasterxml.jackson.databind.node.ObjectNode) metadata.get("parameters").get(0))
        .put("paramType", "ENUMX");

    assertThat(schema("metadata").validate(metadata).isEmpty(), is(false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pipelines")
  void everyOptionIsAParameter(PipelineMain<?> pipeline) {
    assertThat(
        Set.copyOf(Parameter.of(pipeline).stream().map(Parameter::name).toList()),
        is(CommandLine.ownOptions(pipeline.options()).keySet()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("parameters")
  void defaultAndExampleSatisfyTheRegex(Parameter parameter) {
    assertThat(Pattern.compile(parameter.regex()).pattern(), is(parameter.regex()));
    assertThat(parameter.example(), parameter.accepts(parameter.example()), is(true));
    parameter
        .defaultValue()
        .ifPresent(value -> assertThat(value, parameter.accepts(value), is(true)));
    parameter.allowed().forEach(value -> assertThat(value, parameter.accepts(value), is(true)));
  }

  @Test
  void theAllowedValuesAreThoseThatTheProgramKnows() {
    assertThat(allowed("transform", "mrrDiscounts"), is(names(MrrDiscounts.values())));
    assertThat(allowed("transform", "churnAt"), is(names(ChurnAt.values())));
    assertThat(
        allowed("synthesize", "format"),
        is(Stream.of(ObjectFormat.values()).map(ObjectFormat::id).collect(toSet())));
  }

  @Test
  void whatMustBeGivenHasNoDefaultAndComesFirst() {
    List<Parameter> parameters = Parameter.of(Pipelines.named("transform"));

    assertThat(
        parameters.stream().filter(Parameter::required).map(Parameter::name).toList(),
        contains("from", "to", "warehouse"));
    assertThat(
        parameters.subList(0, 3).stream().allMatch(p -> p.defaultValue().isEmpty()), is(true));
  }

  @Test
  void anAbsentValueAndAWrongOneAreNotLetThrough() {
    Map<String, String> wrong =
        Map.of("from", "2024-1-1", "grossMargin", "0", "championMonths", "13", "runId", "a/b");
    for (Parameter parameter : Parameter.of(Pipelines.named("transform"))) {
      if (wrong.containsKey(parameter.name())) {
        assertThat(parameter.name(), parameter.accepts(wrong.get(parameter.name())), is(false));
      }
    }
  }

  private static Set<String> names(Enum<?>... values) {
    return Stream.of(values).map(value -> value.name().toLowerCase(Locale.ROOT)).collect(toSet());
  }

  private static Set<String> allowed(String pipeline, String option) {
    return StreamSupport.stream(
            Parameter.of(Pipelines.named(pipeline)).spliterator(), /* parallel= */ false)
        .filter(parameter -> parameter.name().equals(option))
        .map(parameter -> Set.copyOf(parameter.allowed()))
        .findFirst()
        .orElseThrow();
  }

  private static JsonSchema schema(String name) {
    try (InputStream json =
        TemplateFilesTest.class.getResourceAsStream("/templates/" + name + ".schema.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(
              JsonFiles.JSON.readTree(json),
              SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the schema " + name, e);
    }
  }
}
