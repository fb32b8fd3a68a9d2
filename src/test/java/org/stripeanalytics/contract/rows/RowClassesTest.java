package org.stripeanalytics.contract.rows;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowClassesTest {
  private static final String MODEL = "org.stripeanalytics.model.";

  @TempDir private Path folder;
  private Path schemas;

  @BeforeEach
  void aFolderForEveryLayer() throws IOException {
    schemas = folder.resolve("schemas");
    for (String layer :
        List.of(
            "raw",
            "seeds",
            "intermediate",
            "dimensions",
            "facts",
            "marts",
            "streaming",
            "ops",
            "truth")) {
      Files.createDirectories(schemas.resolve(layer));
    }
  }

  @Test
  void aColumnBecomesAnAccessorAndASetterOfItsTypeAndMode() throws IOException {
    contract(
        "raw.charges",
        "Charge",
        column("amount", "INTEGER", "REQUIRED"),
        column("paid", "BOOLEAN", "NULLABLE"),
        column("tags", "STRING", "REPEATED"),
        column("fee", "NUMERIC", "NULLABLE"));

    assertThat(
        source("raw.Charge"),
        allOf(
            containsString("public abstract long getAmount();"),
            containsString("public abstract @Nullable Boolean getPaid();"),
            containsString("public abstract List<String> getTags();"),
            containsString("public abstract Builder setFee(@Nullable BigDecimal value);"),
            containsString("new AutoValue_Charge.Builder().setTags(List.of());")));
  }

  @Test
  void whatIsStampedWhenRowsArePublishedIsNotInTheClass() throws IOException {
    contract(
        "raw.charges",
        "Charge",
        column("_as_of", "DATE", "REQUIRED"),
        column("_run_id", "STRING", "REQUIRED"),
        column("_ingested_at", "TIMESTAMP", "REQUIRED"));

    assertThat(
        source("raw.Charge"),
        allOf(
            containsString("@SchemaFieldName(\"_as_of\")\n  public abstract LocalDate getAsOf();"),
            not(containsString("getRunId")),
            not(containsString("getIngestedAt"))));
  }

  @Test
  void aRecordIsAClassThatTablesMayShareAcrossLayers() throws IOException {
    contract(
        "raw.charges", "Charge", record("card", "Card", column("brand", "STRING", "REQUIRED")));
    contract(
        "intermediate.kept_charges",
        "raw.Charge",
        record("card", "raw.Card", column("brand", "STRING", "REQUIRED")));

    assertThat(source("raw.Card"), containsString("getBrand()"));
    assertThat(
        RowClasses.from(schemas).get("org.stripeanalytics.contract.Tables"),
        allOf(
            containsString("WarehouseTable<Charge> CHARGES"),
            containsString("WarehouseTable<Charge> KEPT_CHARGES")));
  }

  @Test
  void aTableOfALaterLayerIsNamedAfterItsLayerWhereItsNameIsTaken() throws IOException {
    contract("raw.customers", "Customer", column("id", "STRING", "REQUIRED"));
    contract("truth.customers", "CustomerTruth", column("id", "STRING", "REQUIRED"));

    assertThat(
        RowClasses.from(schemas).get("org.stripeanalytics.contract.Tables"),
        allOf(
            containsString("WarehouseTable<Customer> CUSTOMERS"),
            containsString("WarehouseTable<CustomerTruth> TRUTH_CUSTOMERS")));
  }

  @Test
  void aTableWithTheColumnsOfSegmentsIsSegmented() throws IOException {
    contract(
        "facts.fct_refunds",
        "RefundFact",
        column("country", "STRING", "REQUIRED"),
        column("region", "STRING", "REQUIRED"),
        column("channel", "STRING", "REQUIRED"),
        column("initial_plan", "STRING", "REQUIRED"));
    contract("facts.fct_visits", "VisitFact", column("country", "STRING", "REQUIRED"));

    assertThat(
        source("facts.RefundFact"),
        containsString("class RefundFact implements Serializable, Segmented {"));
    assertThat(
        source("facts.VisitFact"), containsString("class VisitFact implements Serializable {"));
  }

  @Test
  void aTableOfTheStatesOfObjectsHasRowsAndBuildersThatCodeCanTreatAlike() throws IOException {
    contract(
        "raw.refunds",
        "Refund",
        column("id", "STRING", "REQUIRED"),
        column("_changed_at", "TIMESTAMP", "REQUIRED"),
        column("_snapshot_date", "DATE", "REQUIRED"),
        column("_source", "STRING", "REQUIRED"));
    contract(
        "raw.visits",
        "Visit",
        column("id", "INTEGER", "REQUIRED"),
        column("_changed_at", "TIMESTAMP", "REQUIRED"),
        column("_snapshot_date", "DATE", "REQUIRED"),
        column("_source", "STRING", "REQUIRED"));

    assertThat(
        source("raw.Refund"), containsString("class Refund implements Serializable, RawRow {"));
    assertThat(
        source("raw.Refund"), containsString("class Builder implements RawRow.Builder<Refund> {"));
    // Its id is a number.
    assertThat(source("raw.Visit"), containsString("class Visit implements Serializable {"));
    assertThat(source("raw.Visit"), containsString("class Builder {"));
  }

  @Test
  void aDescriptionCannotEndItsCommentOrBecomeMarkup() throws IOException {
    contract("raw.charges", "Charge: a */ <b> & @see", column("id", "STRING", "REQUIRED"));

    // The description of the contract is that of the class.
    assertThat(
        source("raw.Charge"), containsString("a *&#47; &lt;b&gt; &amp; &#64;see */\n@AutoValue"));
  }

  @Test
  void aTypeThatNoRowHoldsIsRefusedByItsPath() throws IOException {
    contract("raw.charges", "Charge", column("amount", "FLOAT", "REQUIRED"));

    assertThat(
        refusal(),
        is(
            "raw.charges.amount has type FLOAT; allowed are STRING, INTEGER, BOOLEAN, NUMERIC,"
                + " DATE, TIMESTAMP, RECORD"));
  }

  @Test
  void aModeThatNobodyKnowsIsRefusedByItsPath() throws IOException {
    contract("raw.charges", "Charge", column("amount", "INTEGER", "OPTIONAL"));

    assertThat(
        refusal(),
        is("raw.charges.amount has mode OPTIONAL; allowed are REQUIRED, NULLABLE, REPEATED"));
  }

  @Test
  void aContractThatNamesNoClassIsRefused() throws IOException {
    contract("raw.charges", "", column("amount", "INTEGER", "REQUIRED"));

    assertThat(refusal(), is("raw.charges has no row"));
  }

  @Test
  void twoContractsThatGiveOneClassOtherColumnsAreRefused() throws IOException {
    contract("raw.charges", "Charge", column("amount", "INTEGER", "REQUIRED"));
    contract("facts.fct_charges", "raw.Charge", column("amount", "INTEGER", "NULLABLE"));

    assertThat(
        refusal(),
        is(
            "facts.fct_charges and raw.charges are both a org.stripeanalytics.model.raw.Charge,"
                + " and have other columns"));
  }

  @Test
  void aFileOfAnotherTableIsRefused() throws IOException {
    contract("raw.charges", "Charge", column("amount", "INTEGER", "REQUIRED"));
    Files.move(schemas.resolve("raw/charges.json"), schemas.resolve("raw/refunds.json"));

    assertThat(refusal(), containsString("refunds.json describes raw.charges"));
  }

  @Test
  void whatHasNotChangedIsNotWrittenAgainAndWhatHasNoContractGoes() throws IOException {
    contract("raw.charges", "Charge", column("id", "STRING", "REQUIRED"));
    contract("raw.refunds", "Refund", column("id", "STRING", "REQUIRED"));
    Path sources = folder.resolve("sources");
    WriteRowClasses.write(schemas, sources);
    Path model = sources.resolve(MODEL.replace('.', '/') + "raw");
    FileTime before = FileTime.from(Instant.EPOCH);
    Files.setLastModifiedTime(model.resolve("Charge.java"), before);
    Files.delete(schemas.resolve("raw/refunds.json"));

    WriteRowClasses.write(schemas, sources);

    assertThat(Files.getLastModifiedTime(model.resolve("Charge.java")), equalTo(before));
    assertThat(Files.exists(model.resolve("Refund.java")), is(false));
  }

  private String source(String name) throws IOException {
    return RowClasses.from(schemas).get(MODEL + name);
  }

  private String refusal() {
    return assertThrows(UnusableContractException.class, () -> RowClasses.from(schemas))
        .getMessage();
  }

  /**
   * @param row the class, and after a colon the description
   */
  private void contract(String name, String row, String... columns) throws IOException {
    String[] classAndDescription = row.split(": ", 2);
    String description = classAndDescription.length < 2 ? "Rows." : classAndDescription[1];
    Files.writeString(
        schemas.resolve(name.replace('.', '/') + ".json"),
        """
        {"tableReference": {"tableId": "%s"}, "description": "%s", "row": "%s",
         "schema": {"fields": [%s]}}
        """
            .formatted(
                name.substring(name.indexOf('.') + 1),
                description,
                classAndDescription[0],
                String.join(",", columns)));
  }

  private static String column(String name, String type, String mode) {
    return "{\"name\": \"%s\", \"type\": \"%s\", \"mode\": \"%s\", \"description\": \"A column.\"}"
        .formatted(name, type, mode);
  }

  private static String record(String name, String row, String... columns) {
    return """
        {"name": "%s", "type": "RECORD", "mode": "NULLABLE", "description": "A record.",
         "row": "%s", "fields": [%s]}
        """
        .formatted(name, row, String.join(",", columns));
  }
}
