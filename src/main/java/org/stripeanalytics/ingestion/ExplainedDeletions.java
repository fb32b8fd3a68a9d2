package org.stripeanalytics.ingestion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.ingestion.shapes.CurrentShape;
import org.stripeanalytics.model.raw.DeliveryRoute;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.quality.RejectionRule;
import org.stripeanalytics.quality.Violation;

/**
 * Makes rows of deletions whose objects the run knows nothing else of: the last state before it
 * that the warehouse holds, marked as deleted. Not thread-safe.
 */
final class ExplainedDeletions<T> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final WarehouseTable<T> table;
  private final StoredStates stored;
  private final VersionReader<T> reader;
  private final ObjectVersions<T> versions;
  private final TableRows<T> rows;

  ExplainedDeletions(WarehouseTable<T> table, StoredStates stored) {
    this.table = table;
    this.stored = stored;
    // Values that are stored have been named when they came.
    this.reader = VersionReader.of(table, (column, value) -> {});
    this.versions = ObjectVersions.of(table);
    this.rows = TableRows.of(table);
  }

  /** Takes what cannot be explained. */
  interface Rejected {
    void add(VersionedRow deletion, Violation violation);
  }

  void explain(Collection<VersionedRow> deletions, Consumer<T> output, Rejected rejected) {
    List<String> ids = deletions.stream().map(VersionedRow::getObject).distinct().toList();
    Map<String, List<StoredStates.Stored>> states =
        stored.of(table, ids).stream().collect(groupingBy(StoredStates.Stored::id));
    for (VersionedRow deletion : deletions) {
      List<StoredStates.Stored> earlier =
          states.getOrDefault(deletion.getObject(), List.of()).stream()
              .filter(state -> state.changedAtMicros() <= deletion.getChangedAtMicros())
              .sorted(
                  Comparator.comparingLong(StoredStates.Stored::changedAtMicros)
                      .thenComparing(StoredStates.Stored::payload)
                      .reversed())
              .toList();
      explain(deletion, earlier, output, rejected);
    }
  }

  private void explain(
      VersionedRow deletion,
      List<StoredStates.Stored> newestFirst,
      Consumer<T> output,
      Rejected rejected) {
    Violation violation =
        new Violation(
            RejectionRule.MISSING_FIELD,
            "it says only that %s was deleted, and no earlier state of it is known"
                .formatted(deletion.getObject()));
    for (StoredStates.Stored state : newestFirst) {
      ObjectNode object = parsed(state.payload());
      if (!Deletions.isStub(table, object)) {
        try {
          CurrentShape.apply(
              object.path("object").asText(),
              object,
              EpochMicros.toInstant(state.changedAtMicros()));
          T before = read(object, deletion);
          if (!ExpandedMembers.of(table.name()).isEmpty()) {
            before = versions.completed(before, stored.rows(table, List.of(deletion.getObject())));
          }
          output.accept(versions.deleted(before, deletion));
          return;
        } catch (UnreadableValueException e) {
          violation = e.violation();
        }
      }
    }
    rejected.add(deletion, violation);
  }

  private T read(ObjectNode object, VersionedRow deletion) throws UnreadableValueException {
    VersionedRow[] read = new VersionedRow[1];
    Occasion occasion =
        new Occasion(
            LocalDate.ofEpochDay(deletion.getDay()),
            EpochMicros.toInstant(deletion.getChangedAtMicros()),
            DeliveryRoute.values()[(int) deletion.getRoute()],
            Occasion.Stage.DELETED,
            null,
            false);
    Violation violation =
        reader.read(object, occasion, new String(deletion.getRow(), UTF_8), row -> read[0] = row);
    if (violation != null) {
      throw new UnreadableValueException(violation.rule(), violation.message());
    }
    return rows.decode(read[0].getRow());
  }

  private static ObjectNode parsed(String payload) {
    try {
      return (ObjectNode) JSON.readTree(payload);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a stored payload is no JSON", e);
    }
  }
}
