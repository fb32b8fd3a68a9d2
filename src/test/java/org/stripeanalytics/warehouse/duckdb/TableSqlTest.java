package org.stripeanalytics.warehouse.duckdb;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;

class TableSqlTest {

  @Test
  void whatWasDeliveredIsCompressedAsADocumentAndOtherTextsAreNot() {
    String events = TableSql.create(Tables.EVENTS.contract()).get(0);

    assertThat(events, containsString("\"_payload\" VARCHAR USING COMPRESSION zstd,"));
    assertThat(events, containsString("\"type\" VARCHAR NOT NULL"));
  }

  /** A text column may be given a longer limit; that should not change how it is stored unseen. */
  @Test
  void besidesWhatWasDeliveredTheseAndNoOtherTextsAreDocuments() {
    Set<String> documents =
        Tables.all().stream()
            .map(WarehouseTable::contract)
            .flatMap(
                contract ->
                    contract.columns().stream()
                        .filter(contract::holdsDocuments)
                        .filter(column -> !column.getName().equals("_payload"))
                        .map(column -> contract.name() + "." + column.getName()))
            .collect(toSet());

    assertThat(
        documents,
        is(
            Set.of(
                "raw.events.data_object",
                "raw.events.previous_attributes",
                "intermediate.customer_state.state",
                "streaming.streamed_events.payload",
                "ops.rejected_records.payload")));
  }
}
