package org.stripeanalytics.observability;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableMap;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.ColumnLineageDatasetFacetFieldsBuilder;
import io.openlineage.client.OpenLineage.DatasetFacetsBuilder;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.InputField;
import io.openlineage.client.OpenLineage.OutputDataset;
import io.openlineage.client.OpenLineage.OutputDatasetBuilder;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.OpenLineage.RunFacetsBuilder;
import io.openlineage.client.OpenLineage.SchemaDatasetFacetFields;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Tables;

/**
 * The OpenLineage events of a run. Schemas are those of the contracts. Between tables lineage is
 * what contracts and manifest say; between columns it is what follows from the contracts: a column
 * comes from those of the same name in the tables that its own is made of. Columns without such a
 * namesake are computed, from what the contracts do not say, and have table lineage only.
 */
final class LineageEvents {
  private static final URI PRODUCER =
      URI.create("urn:org.stripeanalytics:stripe-analytics-pipeline");
  private static final String JOBS = "stripe-analytics";

  private final OpenLineage lineage = new OpenLineage(PRODUCER);
  private final LineageRun run;

  LineageEvents(LineageRun run) {
    this.run = run;
  }

  RunEvent start(Instant at) {
    return event(EventType.START, at, lineage.newRunFacetsBuilder(), ImmutableMap.of());
  }

  /**
   * @param rows published, by table
   */
  RunEvent complete(Instant at, Map<String, Long> rows) {
    return event(EventType.COMPLETE, at, lineage.newRunFacetsBuilder(), rows);
  }

  RunEvent fail(Instant at, String message) {
    return event(
        EventType.FAIL,
        at,
        lineage
            .newRunFacetsBuilder()
            .errorMessage(
                lineage
                    .newErrorMessageRunFacetBuilder()
                    .message(message)
                    .programmingLanguage("Java")
                    .build()),
        ImmutableMap.of());
  }

  private RunEvent event(
      EventType type, Instant at, RunFacetsBuilder facets, Map<String, Long> rows) {
    return lineage
        .newRunEventBuilder()
        .eventType(type)
        .eventTime(at.atZone(ZoneOffset.UTC))
        .run(lineage.newRunBuilder().runId(run.id()).facets(facets.build()).build())
        .job(
            lineage
                .newJobBuilder()
                .namespace(JOBS)
                .name(run.pipeline())
                .facets(
                    lineage
                        .newJobFacetsBuilder()
                        .documentation(
                            lineage
                                .newDocumentationJobFacetBuilder()
                                .description(run.description())
                                .build())
                        .jobType(
                            lineage
                                .newJobTypeJobFacetBuilder()
                                .processingType("BATCH")
                                .integration("BEAM")
                                .jobType("PIPELINE")
                                .build())
                        .build())
                .build())
        .inputs(run.reads().stream().map(this::input).toList())
        .outputs(run.writes().stream().map(table -> output(table, rows)).toList())
        .build();
  }

  private InputDataset input(String table) {
    return lineage
        .newInputDatasetBuilder()
        .namespace(run.datasets().namespace())
        .name(run.datasets().name(table))
        .facets(described(table).build())
        .build();
  }

  private OutputDataset output(String table, Map<String, Long> rows) {
    Contract contract = Tables.named(table).contract();
    OutputDatasetBuilder output =
        lineage
            .newOutputDatasetBuilder()
            .namespace(run.datasets().namespace())
            .name(run.datasets().name(table))
            .facets(
                described(table)
                    .columnLineage(
                        lineage
                            .newColumnLineageDatasetFacetBuilder()
                            .fields(columns(contract).build())
                            .build())
                    .build());
    if (rows.containsKey(table)) {
      output.outputFacets(
          lineage
              .newOutputDatasetOutputFacetsBuilder()
              .outputStatistics(
                  lineage
                      .newOutputStatisticsOutputDatasetFacetBuilder()
                      .rowCount(rows.get(table))
                      .build())
              .build());
    }
    return output.build();
  }

  private DatasetFacetsBuilder described(String table) {
    Contract contract = Tables.named(table).contract();
    return lineage
        .newDatasetFacetsBuilder()
        .documentation(
            lineage
                .newDocumentationDatasetFacetBuilder()
                .description(contract.description())
                .build())
        .schema(
            lineage
                .newSchemaDatasetFacetBuilder()
                .fields(contract.columns().stream().map(this::field).toList())
                .build());
  }

  private SchemaDatasetFacetFields field(TableFieldSchema column) {
    List<TableFieldSchema> nested = column.getFields() == null ? List.of() : column.getFields();
    return lineage
        .newSchemaDatasetFacetFieldsBuilder()
        .name(column.getName())
        .type(
            "REPEATED".equals(column.getMode())
                ? "ARRAY<" + column.getType() + ">"
                : column.getType())
        .description(column.getDescription())
        .fields(nested.stream().map(this::field).toList())
        .build();
  }

  private ColumnLineageDatasetFacetFieldsBuilder columns(Contract contract) {
    ColumnLineageDatasetFacetFieldsBuilder columns =
        lineage.newColumnLineageDatasetFacetFieldsBuilder();
    for (TableFieldSchema column : contract.columns()) {
      List<InputField> namesakes =
          Contract.STAMPED_COLUMNS.contains(column.getName())
              ? List.of()
              : contract.quality().lineage().stream()
                  .filter(source -> hasColumn(source, column.getName()))
                  .map(source -> inputField(source, column.getName()))
                  .toList();
      if (!namesakes.isEmpty()) {
        columns.put(
            column.getName(),
            lineage
                .newColumnLineageDatasetFacetFieldsAdditionalBuilder()
                .inputFields(namesakes)
                .build());
      }
    }
    return columns;
  }

  private InputField inputField(String table, String column) {
    return lineage
        .newInputFieldBuilder()
        .namespace(run.datasets().namespace())
        .name(run.datasets().name(table))
        .field(column)
        .build();
  }

  private static boolean hasColumn(String table, String name) {
    return Tables.named(table).contract().columns().stream()
        .anyMatch(column -> column.getName().equals(name));
  }
}
