package org.stripeanalytics.warehouse.bigquery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.client.json.gson.GsonFactory;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.stripeanalytics.contract.Contract;

/**
 * The label by which a table says from which columns it was made. Listing a dataset returns the
 * labels of its tables, so a run sees with one request per layer whether a table has to grow.
 */
final class ContractLabel {
  static final String NAME = "contract";

  private static final int DIGITS = 16;

  /** Names a contract's columns with their types, modes and descriptions. */
  static String of(Contract contract) {
    try {
      String columns = GsonFactory.getDefaultInstance().toString(contract.columns());
      return Hashing.sha256().hashString(columns, UTF_8).toString().substring(0, DIGITS);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the columns of " + contract.name(), e);
    }
  }

  private ContractLabel() {}
}
