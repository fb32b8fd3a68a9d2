package org.stripeanalytics.warehouse.bigquery;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.zetasql.Analyzer;
import com.google.zetasql.AnalyzerOptions;
import com.google.zetasql.LanguageOptions;
import com.google.zetasql.ParseResumeLocation;
import com.google.zetasql.SimpleCatalog;
import com.google.zetasql.SimpleTable;
import com.google.zetasql.StructType.StructField;
import com.google.zetasql.Type;
import com.google.zetasql.TypeFactory;
import com.google.zetasql.ZetaSQLBuiltinFunctionOptions;
import com.google.zetasql.ZetaSQLOptions.ProductMode;
import com.google.zetasql.ZetaSQLType.TypeKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;

/** Google's own analyser of the SQL that BigQuery speaks, over the tables of all contracts. */
final class GoogleSqlAnalyser {
  private final SimpleCatalog catalog = new SimpleCatalog("warehouse");
  private final AnalyzerOptions options = new AnalyzerOptions();

  private GoogleSqlAnalyser() {
    LanguageOptions language = new LanguageOptions();
    language.enableMaximumLanguageFeatures();
    language.setSupportsAllStatementKinds();
    language.setProductMode(ProductMode.PRODUCT_EXTERNAL);
    options.setLanguageOptions(language);
    // It would be Los Angeles.
    options.setDefaultTimezone("UTC");
    catalog.addZetaSQLFunctionsAndTypes(new ZetaSQLBuiltinFunctionOptions(language));
  }

  /** Knows every table of the contracts, and the staging table of each that one run has. */
  static GoogleSqlAnalyser over(TableNames names, RunStamp run) {
    GoogleSqlAnalyser analyser = new GoogleSqlAnalyser();
    for (WarehouseTable<?> table : Tables.all()) {
      Contract contract = table.contract();
      // Without a key the engine does not say which rows it deletes.
      analyser
          .add(names.table(contract), keyFirst(contract))
          .setPrimaryKey(IntStream.range(0, contract.primaryKey().size()).boxed().toList());
      var unused =
          analyser.add(names.staging(contract, run), ContractTables.stagedColumns(contract));
    }
    return analyser;
  }

  AnalyzerOptions options() {
    return options;
  }

  SimpleCatalog catalog() {
    return catalog;
  }

  /**
   * Analyses a script and says of what kinds its statements are.
   *
   * @throws com.google.zetasql.SqlException when a statement is not one, names a column that is not
   *     there, or mixes types
   */
  List<String> kinds(String script) {
    List<String> kinds = new ArrayList<>();
    ParseResumeLocation next = new ParseResumeLocation(script);
    while (!script.substring(next.getBytePosition()).isBlank()) {
      kinds.add(Analyzer.analyzeNextStatement(next, options, catalog).nodeKindString());
    }
    return kinds;
  }

  /**
   * The columns of the key in its order, then the others: zetasql-client 2025.09.1 reads the key of
   * a deleted row as if it were the first columns.
   */
  private static List<TableFieldSchema> keyFirst(Contract contract) {
    List<String> key = contract.primaryKey();
    return contract.columns().stream()
        .sorted(
            Comparator.comparing(
                column -> {
                  int place = key.indexOf(column.getName());
                  return place < 0 ? key.size() : place;
                }))
        .toList();
  }

  private SimpleTable add(TableReference reference, List<TableFieldSchema> columns) {
    String quoted = TableNames.sql(reference);
    SimpleTable table = new SimpleTable(quoted.substring(1, quoted.length() - 1));
    columns.forEach(column -> table.addSimpleColumn(column.getName(), type(column)));
    catalog.addSimpleTable(table);
    return table;
  }

  private static Type type(TableFieldSchema column) {
    Type value =
        switch (column.getType()) {
          case "STRING" -> TypeFactory.createSimpleType(TypeKind.TYPE_STRING);
          case "INTEGER" -> TypeFactory.createSimpleType(TypeKind.TYPE_INT64);
          case "BOOLEAN" -> TypeFactory.createSimpleType(TypeKind.TYPE_BOOL);
          case "NUMERIC" -> TypeFactory.createSimpleType(TypeKind.TYPE_NUMERIC);
          case "DATE" -> TypeFactory.createSimpleType(TypeKind.TYPE_DATE);
          case "TIMESTAMP" -> TypeFactory.createSimpleType(TypeKind.TYPE_TIMESTAMP);
          case "RECORD" ->
              TypeFactory.createStructType(
                  column.getFields().stream()
                      .map(field -> new StructField(field.getName(), type(field)))
                      .toList());
          default -> throw new IllegalArgumentException("no type for " + column);
        };
    return "REPEATED".equals(column.getMode()) ? TypeFactory.createArrayType(value) : value;
  }
}
