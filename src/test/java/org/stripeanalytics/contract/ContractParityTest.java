package org.stripeanalytics.contract;

import static java.util.stream.Collectors.toCollection;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.beam.sdk.schemas.Schema;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.model.DataInterval;

class ContractParityTest {

  @Test
  void everyRowClassHasExactlyTheColumnsOfItsContract() {
    forEveryTable(table -> assertThat(ContractDifferences.between(table), is(empty())));
  }

  @Test
  void everyContractIsInTheListOfTablesAndEveryTableHasAContract() throws IOException {
    Path schemas = Path.of("schemas");
    try (Stream<Path> files = Files.walk(schemas)) {
      TreeSet<String> contracts =
          files
              .filter(file -> file.toString().endsWith(".json"))
              .map(file -> schemas.relativize(file).toString().replace(".json", ""))
              .map(name -> name.replace('/', '.'))
              .collect(toCollection(TreeSet::new));
      TreeSet<String> tables =
          Tables.all().stream().map(WarehouseTable::name).collect(toCollection(TreeSet::new));
      assertThat(tables, equalTo(contracts));
    }
  }

  @Test
  void everyTableAndColumnIsDescribed() {
    forEveryTable(
        table -> {
          List<String> undescribed = new ArrayList<>();
          if (isBlank(table.contract().description())) {
            undescribed.add(table.name());
          }
          table.contract().columns().forEach(c -> addUndescribed(table.name(), c, undescribed));
          assertThat(undescribed, is(empty()));
        });
  }

  @Test
  void keysAndPartitionColumnsAreColumns() {
    forEveryTable(
        table -> {
          List<String> columns =
              table.contract().columns().stream().map(TableFieldSchema::getName).toList();
          table.contract().primaryKey().forEach(key -> assertThat(columns, hasItem(key)));
          table.contract().partitionColumn().ifPresent(day -> assertThat(columns, hasItem(day)));
        });
  }

  @Test
  void rulesOfRowsNameColumnsOfTheRightType() {
    forEveryTable(
        table -> {
          RowRules rules = table.contract().rowRules();
          Map<String, Set<String>> allowed = new TreeMap<>();
          rules.acceptedValues().keySet().forEach(path -> allowed.put(path, Set.of("STRING")));
          rules.currencies().forEach(path -> allowed.put(path, Set.of("STRING")));
          rules.sameCurrency().forEach(path -> allowed.put(path, Set.of("STRING")));
          rules.maxLength().keySet().forEach(path -> allowed.put(path, Set.of("STRING")));
          rules.ranges().keySet().forEach(path -> allowed.put(path, Set.of("INTEGER", "NUMERIC")));
          rules
              .ordered()
              .forEach(
                  pair -> {
                    allowed.put(pair.first(), Set.of("TIMESTAMP"));
                    allowed.put(pair.second(), Set.of("TIMESTAMP"));
                    assertThat(parent(pair.first()), is(parent(pair.second())));
                  });
          allowed.forEach(
              (path, types) ->
                  assertThat(
                      table + "." + path,
                      types,
                      hasItem(typeAt(path, table.contract().columns()))));
        });
  }

  @Test
  void whatARunOwnsCanBeFoundInTheTable() {
    forEveryTable(
        table -> {
          Contract contract = table.contract();
          switch (contract.ownership()) {
            case EVENT, OBSERVED ->
                assertThat(typeOf(contract, contract.partitionColumn().orElse("none")), is("DATE"));
            case LATEST -> assertThat(typeOf(contract, "_as_of"), is("DATE"));
            case APPEND, FIRST -> assertThat(contract.layer(), is(Layer.OPS));
            case WHOLE -> assertThat(contract.columns().isEmpty(), is(false));
          }
        });
  }

  @Test
  void everyPublishedTableHasTheStampedColumns() {
    forEveryTable(
        table -> {
          assertThat(typeOf(table.contract(), "_ingested_at"), is("TIMESTAMP"));
          assertThat(typeOf(table.contract(), "_run_id"), is("STRING"));
        });
  }

  @Test
  void aMonthlyTableIsReplacedByWholeMonthsUpToTheEnd() {
    DataInterval interval = DataInterval.of(LocalDate.of(2024, 2, 10), LocalDate.of(2024, 3, 5));
    assertThat(
        Tables.INVOICES.contract().owned(interval),
        equalTo(DataInterval.of(LocalDate.of(2024, 2, 1), LocalDate.of(2024, 3, 5))));
  }

  @Test
  void differencesAreNamedAtEveryDepth() {
    Schema line = Schema.builder().addInt64Field("quantity").addStringField("sku").build();
    Schema rows =
        Schema.builder()
            .addNullableStringField("id")
            .addArrayField("lines", Schema.FieldType.row(line))
            .addStringField("surprise")
            .build();
    List<TableFieldSchema> columns =
        List.of(
            column("id", "STRING", "REQUIRED"),
            column("lines", "RECORD", "REPEATED")
                .setFields(
                    List.of(
                        column("quantity", "NUMERIC", "REQUIRED"),
                        column("sku", "STRING", "REQUIRED"))),
            column("total", "INTEGER", "REQUIRED"),
            column("_run_id", "STRING", "REQUIRED"));

    assertThat(
        ContractDifferences.between("raw.orders", rows, columns),
        contains(
            "raw.orders.id is REQUIRED STRING in the contract, NULLABLE STRING in the row class",
            "raw.orders.lines.quantity is REQUIRED NUMERIC in the contract, "
                + "REQUIRED INTEGER in the row class",
            "raw.orders.surprise is not in the contract",
            "raw.orders.total is not in the row class"));
  }

  private static void forEveryTable(Consumer<WarehouseTable<?>> check) {
    assertAll(Tables.all().stream().map(table -> () -> check.accept(table)));
  }

  private static String typeOf(Contract contract, String name) {
    return contract.columns().stream()
        .filter(column -> column.getName().equals(name))
        .map(TableFieldSchema::getType)
        .findFirst()
        .orElse("no column " + name + " in " + contract.name());
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('.') + 1);
  }

  private static String typeAt(String path, List<TableFieldSchema> columns) {
    String name = Splitter.on('.').split(path).iterator().next();
    TableFieldSchema column =
        columns.stream()
            .filter(c -> c.getName().equals(name))
            .findFirst()
            .orElse(new TableFieldSchema().setType("no column"));
    return name.equals(path)
        ? column.getType()
        : typeAt(path.substring(name.length() + 1), column.getFields());
  }

  private static void addUndescribed(String path, TableFieldSchema column, List<String> into) {
    String name = path + "." + column.getName();
    if (isBlank(column.getDescription())) {
      into.add(name);
    }
    if (column.getFields() != null) {
      column.getFields().forEach(field -> addUndescribed(name, field, into));
    }
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }

  private static TableFieldSchema column(String name, String type, String mode) {
    return new TableFieldSchema().setName(name).setType(type).setMode(mode);
  }
}
