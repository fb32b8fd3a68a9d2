package org.stripeanalytics.pipelines.deployment;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.StagingView;
import org.stripeanalytics.contract.Tables;

/** A dbt project can build on the tables with what the contracts say of them. */
class DbtSourcesTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @Test
  void dbtKnowsEveryKeyOfTheFile() throws IOException {
    assertThat(schema().validate(sources()), is(empty()));
  }

  @Test
  void aKeyThatDbtDoesNotKnowIsNoticed() throws IOException {
    JsonNode sources = sources();
    ((ObjectNode) sources.at("/sources/0/tables/0")).put("descripton", "misspelt");

    assertThat(schema().validate(sources), is(not(empty())));
  }

  @Test
  void everyTableIsThereWithEveryColumnAndItsDescription() throws IOException {
    Map<String, Map<String, String>> described = new HashMap<>();
    for (JsonNode source : sources().get("sources")) {
      for (JsonNode table : source.get("tables")) {
        Map<String, String> columns = new HashMap<>();
        table
            .get("columns")
            .forEach(c -> columns.put(c.get("name").asText(), c.get("description").asText()));
        String layer = source.get("name").asText().replace("stripe_", "");
        described.put(layer + "." + table.get("name").asText(), columns);
      }
    }

    Map<String, Map<String, String>> expected = new HashMap<>();
    Tables.all().forEach(t -> expected.put(t.name(), descriptions(t.contract().columns())));
    StagingView.all().forEach(view -> expected.put(view.name(), descriptions(view.columns())));
    assertThat(described, is(expected));
  }

  private static Map<String, String> descriptions(List<TableFieldSchema> columns) {
    return columns.stream()
        .collect(Collectors.toMap(TableFieldSchema::getName, TableFieldSchema::getDescription));
  }

  @Test
  void aColumnHasTheTestsThatItsContractPromises() {
    assertThat(
        DbtSources.yaml(),
        containsString(
            """
                      - name: customer
                        description: Whose discount it is.
                        data_tests:
                          - relationships:
                              arguments:
                                to: "source('stripe_raw', 'customers')"
                                field: id
            """));
  }

  @Test
  void aKeyOfSeveralColumnsIsUniqueAsOneText() {
    assertThat(
        DbtSources.yaml(),
        containsString(
            """
                    data_tests:
                      - unique:
                          arguments:
                            column_name: "concat(day, '|', segment, '|', segment_value)"
            """));
  }

  @Test
  void aTableWhoseNewestRowMayBeADayOldIsStaleThreeDaysAfterThatDayBegan() {
    assertThat(
        DbtSources.yaml(),
        containsString(
            """
                    config:
                      loaded_at_field: cast(day as timestamp)
                      freshness:
                        warn_after:
                          count: 3
                          period: day
            """));
  }

  private static JsonNode sources() throws IOException {
    return YAML.readTree(DbtSources.yaml());
  }

  private static JsonSchema schema() throws IOException {
    try (InputStream json = DbtSourcesTest.class.getResourceAsStream("/dbt/sources.schema.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
          .getSchema(json, SchemaValidatorsConfig.builder().build());
    }
  }
}
