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
import java.util.List;
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
    catalog.addZetaSQLFunctionsAndTypes(new ZetaSQLBuiltinFunctionOptions(language));
  }

  /** Knows every table of the contracts, and the staging table of each that one run has. */
  static GoogleSqlAnalyser over(TableNames names, RunStamp run) {
    GoogleSqlAnalyser analyser = new GoogleSqlAnalyser();
    for (WarehouseTable<?> table : Tables.all()) {
      Contract contract = table.contract();
      analyser.add(names.table(contract), contract.columns());
      analyser.add(names.staging(contract, run), ContractTables.stagedColumns(contract));
    }
    return analyser;
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

  private void add(TableReference reference, List<TableFieldSchema> columns) {
    String quoted = TableNames.sql(reference);
    SimpleTable table = new SimpleTable(quoted.substring(1, quoted.length() - 1));
    columns.forEach(column -> table.addSimpleColumn(column.getName(), type(column)));
    catalog.addSimpleTable(table);
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
