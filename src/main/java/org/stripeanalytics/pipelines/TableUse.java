package org.stripeanalytics.pipelines;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Ownership;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.UsesTables;

/**
 * A table that a pipeline reads or publishes, and which part of it.
 *
 * @param writes whether it is published; otherwise it is read
 * @param condition on its rows, in SQL; empty for the whole table
 * @param part in words, as people know it
 */
record TableUse(Contract table, boolean writes, Optional<String> condition, String part) {

  /** Everything that a graph reads, then everything that it publishes, by name. */
  static ImmutableList<TableUse> in(Pipeline pipeline) {
    List<TableUse> uses = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            if (node.getTransform() instanceof UsesTables step) {
              step.tableReads().forEach(read -> uses.add(ofRead(read)));
              step.tablesAppended().forEach(table -> uses.add(ofAppend(table)));
            } else if (node.getTransform() instanceof Publication publication) {
              publication.tables().forEach(table -> uses.add(ofLoad(table, publication)));
              publication.appended().forEach(table -> uses.add(ofAppend(table)));
            }
            return CompositeBehavior.ENTER_TRANSFORM;
          }
        });
    return uses.stream()
        .distinct()
        .sorted(
            Comparator.comparing(TableUse::writes)
                .thenComparing(use -> use.table().name())
                .thenComparing(TableUse::part))
        .collect(ImmutableList.toImmutableList());
  }

  /** A table that is read as a whole. */
  static TableUse ofWhole(WarehouseTable<?> table) {
    return new TableUse(table.contract(), false, Optional.empty(), "whole table");
  }

  private static TableUse ofRead(TableRead<?> read) {
    return new TableUse(
        read.table().contract(), false, read.condition(), read.part().orElse("whole table"));
  }

  private static TableUse ofAppend(WarehouseTable<?> table) {
    return new TableUse(table.contract(), true, Optional.empty(), "appends");
  }

  private static TableUse ofLoad(WarehouseTable<?> table, Publication publication) {
    Contract contract = table.contract();
    Ownership ownership = contract.ownership();
    if (ownership == Ownership.APPEND) {
      return ofAppend(table);
    }
    if (ownership == Ownership.FIRST) {
      return new TableUse(contract, true, Optional.empty(), "adds what is new");
    }
    if (ownership == Ownership.WHOLE) {
      return new TableUse(contract, true, Optional.empty(), "replaces the whole table");
    }
    if (ownership == Ownership.LATEST || publication.interval().isEmpty()) {
      return new TableUse(contract, true, Optional.empty(), "merges by key");
    }
    TableRead<?> owned = TableRead.of(table).during(contract.owned(publication.interval().get()));
    return new TableUse(
        contract, true, owned.condition(), "replaces " + owned.part().orElseThrow());
  }
}
