package org.stripeanalytics.warehouse.bigquery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.ViewDefinition;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.StagingView;

/**
 * The label by which a table says from which columns it was made. Listing a dataset returns the
 * labels of its tables, so a run sees with one request per layer whether a table has to grow.
 */
final class ContractLabel {
  static final String NAME = "contract";

  private static final int DIGITS = 16;

  /** Names a contract's columns with their types, modes and descriptions. */
  static String of(Contract contract) {
    return of(contract.name(), contract.columns(), "");
  }

  /** Names a view's columns likewise, and its query. */
  static String of(StagingView view, ViewDefinition definition) {
    return of(view.name(), view.columns(), definition.getQuery());
  }

  private static String of(String name, List<TableFieldSchema> columns, String query) {
    try {
      String text = GsonFactory.getDefaultInstance().toString(columns) + query;
      return Hashing.sha256().hashString(text, UTF_8).toString().substring(0, DIGITS);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the columns of " + name, e);
    }
  }

  private ContractLabel() {}
}
