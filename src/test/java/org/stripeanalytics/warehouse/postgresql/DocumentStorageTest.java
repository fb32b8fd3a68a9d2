package org.stripeanalytics.warehouse.postgresql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Tables;

class DocumentStorageTest {
  private static final Contract EVENTS = Tables.EVENTS.contract();

  @Test
  void documentsAreCompressedByLz4WhereTheServerHasIt() {
    assertThat(
        of(EVENTS, true),
        contains(
            allOf(
                containsString("ALTER TABLE raw.events ALTER \"id\" SET STORAGE MAIN"),
                containsString("ALTER \"data_object\" SET COMPRESSION lz4"),
                not(containsString("ALTER \"id\" SET COMPRESSION")),
                not(containsString("\"_snapshot_date\"")))));
  }

  @Test
  void whereItHasNotTheyAreOnlyKeptInTheirRows() {
    assertThat(
        of(EVENTS, false),
        contains(
            allOf(
                containsString("ALTER \"data_object\" SET STORAGE MAIN"),
                not(containsString("COMPRESSION")))));
  }

  @Test
  void aTableWithoutDocumentsIsAsPostgresMakesIt() {
    assertThat(of(Tables.FX_RATES.contract(), true), is(empty()));
  }

  private static List<String> of(Contract contract, boolean hasLz4) {
    return DocumentStorage.of(contract.name(), contract, contract.columns(), hasLz4);
  }
}
