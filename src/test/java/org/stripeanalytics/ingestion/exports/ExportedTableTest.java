package org.stripeanalytics.ingestion.exports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.raw.GoogleAdsCampaignStats;
import org.stripeanalytics.model.raw.HubspotContact;
import org.stripeanalytics.model.raw.ZendeskTicket;
import org.stripeanalytics.quality.RejectionRule;

/** Rows of exports as rows of tables. */
class ExportedTableTest {
  private static final Instant SHOWN = Instant.parse("2026-01-31T23:59:59Z");

  @Test
  void headersAreThoseOfTheContractWhateverTheirCaseAndOtherOnesAreLeftOut() {
    HubspotContact contact =
        row(
            Tables.HUBSPOT_CONTACT,
            "ID=51",
            "Property_Email= Ann@Example.com ",
            "property_createdate=2025-11-05 6:07:08.5 UTC",
            "property_hs_calculated_merged_vids=52:1661707291575;53:1661707931852",
            "_fivetran_deleted=TRUE",
            "property_shoe_size=43");

    assertThat(contact.getId(), is("51"));
    assertThat(contact.getEmail(), is("Ann@Example.com"));
    assertThat(contact.getCreatedAt(), is(Instant.parse("2025-11-05T06:07:08.5Z")));
    assertThat(contact.getMergedIds(), contains("52", "53"));
    assertThat(contact.getDeleted(), is(true));
    assertThat(contact.getLastName(), is(nullValue()));
    assertThat(contact.getSnapshotDate(), is(LocalDate.of(2026, 1, 31)));
  }

  @Test
  void microsAreDividedAndADailyFigureIsFiledUnderItsDay() {
    GoogleAdsCampaignStats stats =
        row(
            Tables.GOOGLE_ADS_CAMPAIGN_STATS,
            "customer_id=1",
            "date=2025-03-04",
            "id=7",
            "cost_micros=12345678",
            "clicks=3",
            "device=MOBILE");

    assertThat(stats.getCost(), is(new BigDecimal("12.345678")));
    assertThat(stats.getDay(), is(LocalDate.of(2025, 3, 4)));
    assertThat(stats.getSnapshotDate(), is(LocalDate.of(2025, 3, 4)));
    assertThat("what is not said", stats.getAdNetworkType(), is("UNKNOWN"));
  }

  @Test
  void aRowThatSaysWhenItChangedIsFiledUnderThatDay() {
    ZendeskTicket ticket =
        row(
            Tables.ZENDESK_TICKET,
            "id=9",
            "updated_at=2025-12-24T10:00:00+02:00",
            "merged_ticket_ids=[10, 11]");

    assertThat(ticket.getChangedAt(), is(Instant.parse("2025-12-24T08:00:00Z")));
    assertThat(ticket.getSnapshotDate(), is(LocalDate.of(2025, 12, 24)));
    assertThat(ticket.getMergedTicketIds(), is(List.of("10", "11")));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "customer_id=1;date=2025-03-04;cost_micros=1|MISSING_ID|campaign_id is missing",
        "customer_id=1;date=2025-02-30;id=1;cost_micros=1|WRONG_TYPE|day is \"2025-02-30\"",
        "customer_id=1;date=2025-03-04;id=1;cost_micros=1,5|WRONG_TYPE|cost is \"1,5\"",
        "customer_id=1;date=2025-03-04;id=1;cost_micros=0.00001|TOO_PRECISE|decimal places",
        "customer_id=1;date=2025-03-04;id=1;cost_micros=1;clicks=-2|NEGATIVE_AMOUNT|clicks is -2",
        "customer_id=1;date=2025-03-04;id=1;cost_micros=1;clicks=2.5|WRONG_TYPE|a whole number",
      })
  void whatIsNoRowIsRefusedWithItsReason(String cells, RejectionRule rule, String message) {
    ExportedTable.Read<GoogleAdsCampaignStats> read =
        read(Tables.GOOGLE_ADS_CAMPAIGN_STATS, cells.split(";"));

    assertThat(read.violation().rule(), is(rule));
    assertThat(read.violation().message(), containsString(message));
    assertThat(read.key(), is("1"));
  }

  private static <T> T row(WarehouseTable<T> table, String... cells) {
    ExportedTable.Read<T> read = read(table, cells);
    assertThat(read.violation(), is(nullValue()));
    return read.row();
  }

  private static <T> ExportedTable.Read<T> read(WarehouseTable<T> table, String... cells) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    for (String cell : cells) {
      row.put(cell.substring(0, cell.indexOf('=')), cell.substring(cell.indexOf('=') + 1));
    }
    return new ExportedTable<>(table, ZoneOffset.UTC, (column, value) -> {})
        .read(row, SHOWN, row.toString());
  }
}
