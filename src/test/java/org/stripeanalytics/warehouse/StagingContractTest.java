package org.stripeanalytics.warehouse;

import static java.util.stream.Collectors.toCollection;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.warehouse.ExampleRows.anInvoice;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.StagingView;
import org.stripeanalytics.contract.Tables;

/** The views of {@code staging}, which no run fills, in every warehouse. */
public abstract class StagingContractTest extends WarehouseContract {
  protected StagingContractTest(TestedWarehouse tested) {
    super(tested);
  }

  @Test
  void ofEachObjectTheNewestVersionIsSeen() {
    publish(
        JANUARY,
        Tables.INVOICES,
        anInvoice("in_1", LocalDate.of(2024, 1, 30), 1).setStatus("open").build(),
        anInvoice("in_1", LocalDate.of(2024, 1, 31), 1).setStatus("paid").build(),
        anInvoice("in_2", LocalDate.of(2024, 1, 30), 1).setStatus("draft").build());

    assertThat(
        lines("SELECT id, status, _snapshot_date FROM staging.stg_invoices"),
        containsInAnyOrder("in_1 paid 2024-01-31", "in_2 draft 2024-01-30"));
  }

  @Test
  void ofTwoVersionsTheOneThatChangedLastIsTheNewest() {
    Instant noon = Instant.parse("2024-01-29T12:00:00Z");
    publish(
        JANUARY,
        Tables.INVOICES,
        anInvoice("in_1", LocalDate.of(2024, 1, 30), 1).setChangedAt(noon).build(),
        anInvoice("in_1", LocalDate.of(2024, 1, 31), 1)
            .setChangedAt(noon.minusSeconds(1))
            .setStatus("open")
            .build());

    assertThat(lines("SELECT status FROM staging.stg_invoices"), contains("paid"));
  }

  @Test
  void testModeObjectsAreAmongThem() {
    publish(
        JANUARY,
        Tables.INVOICES,
        anInvoice("in_1", LocalDate.of(2024, 1, 30), 1).setLivemode(true).build(),
        anInvoice("in_2", LocalDate.of(2024, 1, 30), 1).setLivemode(false).build());

    assertThat(
        lines("SELECT id, livemode FROM staging.stg_invoices"),
        containsInAnyOrder("in_1 true", "in_2 false"));
  }

  @Test
  void aColumnThatARawTableGainsIsInItsView() {
    publish(JANUARY, Tables.INVOICES, anInvoice("in_1", LocalDate.of(2024, 1, 31), 1).build());
    tested()
        .makeEarlier(
            Tables.INVOICES,
            Tables.INVOICES.contract().columns().stream()
                .filter(column -> !column.getName().equals("number"))
                .collect(toCollection(ArrayList::new)));

    warehouse().createTables();

    assertThat(lines("SELECT id, number FROM staging.stg_invoices"), contains("in_1 null"));
  }

  @Test
  void theElementsOfAListAreRowsWithTheirOwnerAndPlace() {
    publish(
        JANUARY,
        Tables.INVOICES,
        anInvoice("in_1", LocalDate.of(2024, 1, 30), 3).build(),
        anInvoice("in_1", LocalDate.of(2024, 1, 31), 2).build(),
        anInvoice("in_2", LocalDate.of(2024, 1, 30), 0).build());

    assertThat(
        lines(
            "SELECT invoice_id, position, id, amount, currency"
                + " FROM staging.stg_invoice_line_items"),
        containsInAnyOrder("in_1 1 il_0in_1 2000 usd", "in_1 2 il_1in_1 2000 usd"));
  }

  @Test
  void aRecordInAnElementCanBeLookedInto() {
    publish(JANUARY, Tables.INVOICES, anInvoice("in_1", LocalDate.of(2024, 1, 31), 1).build());

    assertThat(
        lines("SELECT t.pricing.price FROM staging.stg_invoice_line_items AS t"),
        contains("price_1StarterMonthly"));
  }

  @Test
  void everyViewHasTheColumnsItSays() {
    for (StagingView view : StagingView.all()) {
      List<String> columns = view.columns().stream().map(TableFieldSchema::getName).toList();
      assertThat(
          view.name(), warehouse().query("SELECT * FROM " + view.name()).columns(), is(columns));
    }
  }

  @Test
  void creatingTablesAgainLeavesTheViewsAsTheyAre() {
    publish(JANUARY, Tables.INVOICES, anInvoice("in_1", LocalDate.of(2024, 1, 31), 1).build());

    warehouse().createTables();

    assertThat(lines("SELECT id FROM staging.stg_invoices"), contains("in_1"));
    assertThat(lines("SELECT id FROM staging.stg_charges"), is(empty()));
  }
}
