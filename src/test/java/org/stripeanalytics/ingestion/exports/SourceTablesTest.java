package org.stripeanalytics.ingestion.exports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.contract.WarehouseTable;

/** Which file of an export is for which table. */
class SourceTablesTest {

  @ParameterizedTest(name = "{1} of {0}")
  @CsvSource({
    "hubspot, contact.csv, raw.hubspot_contact",
    "hubspot, exports/Contacts.CSV, raw.hubspot_contact",
    "hubspot, hubspot_contact_data.csv, raw.hubspot_contact",
    "hubspot, gs://bucket/hubspot/contact/part-00001.ndjson.gz, raw.hubspot_contact",
    "hubspot, deal_2026-01-31.csv, raw.hubspot_deal",
    "hubspot, deal_stage.csv, raw.hubspot_deal_stage",
    "hubspot, contact_merge_audit.csv, raw.hubspot_contact_merge_audit",
    "hubspot, contact_list.csv, none",
    "hubspot, notes.txt, none",
    "zendesk, contact.csv, none",
    "all, hubspot_contact.csv, raw.hubspot_contact",
    "all, exports/salesforce/contact.csv, raw.salesforce_contact",
    "all, exports/intercom/contact/part-0.json, raw.intercom_contact",
    "all, contact.csv, none",
  })
  void theNameOfAFileSaysOfWhichTableItIs(String source, String file, String table) {
    assertThat(
        new SourceTables(source).ofFile(file).map(WarehouseTable::name).orElse("none"), is(table));
  }
}
