package org.stripeanalytics.warehouse.bigquery;

import static java.util.stream.Collectors.joining;

import com.google.api.services.bigquery.model.TableReference;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.StagingView;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;

/**
 * Lets one query serve every warehouse and environment: where it says {@code marts.mrr_monthly},
 * outside of quotes and comments, the full name of that table is put.
 */
final class LayerNames {
  private static final Pattern TOKENS =
      Pattern.compile(
          "'(?:[^'\\\\]|\\\\.)*'"
              + "|\"(?:[^\"\\\\]|\\\\.)*\""
              + "|`[^`]*`"
              + "|--[^\n]*"
              + "|/\\*.*?\\*/"
              // Nothing before it that would make it the end of a longer name.
              + "|(?<![\\w.`-])(?<layer>"
              + Arrays.stream(Layer.values()).map(Layer::id).collect(joining("|"))
              + ")\\.(?<table>\\w+)\\b",
          Pattern.DOTALL);

  private LayerNames() {}

  static String resolve(String sql, TableNames names) {
    return TOKENS
        .matcher(sql)
        .replaceAll(
            token ->
                Matcher.quoteReplacement(
                    contract(token.group())
                        .map(names::table)
                        .or(() -> view(token.group(), names))
                        .map(TableNames::sql)
                        .orElse(token.group())));
  }

  private static Optional<TableReference> view(String name, TableNames names) {
    return StagingView.named(name).map(view -> ViewResource.reference(names, view));
  }

  private static Optional<Contract> contract(String name) {
    return Tables.all().stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .map(WarehouseTable::contract);
  }
}
