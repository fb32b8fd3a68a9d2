package org.stripeanalytics.warehouse.postgresql;

import com.google.common.hash.Hashing;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Layer;

/**
 * What schemas and tables of one environment are called.
 *
 * @param prefix of the schemas, as in {@code dev}; empty if they have none
 */
record SchemaNames(String prefix) implements Serializable {
  /** The longest name that PostgreSQL does not cut is 63 bytes, with a month at its end. */
  private static final int LONGEST_READABLE = 36;

  static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  String schema(Layer layer) {
    return prefixed(layer.id());
  }

  /** Where the rows of runs wait to be published. */
  String loads() {
    return prefixed("loads");
  }

  /** The table, quoted. */
  String table(Contract contract) {
    return quoted(schema(contract.layer())) + "." + quoted(contract.table());
  }

  /** What the table's partition of a month is called in its schema. */
  static String partition(Contract contract, YearMonth month) {
    return partition(contract.table(), month);
  }

  static String partition(String table, YearMonth month) {
    return "%s_%04d_%02d".formatted(table, month.getYear(), month.getMonthValue());
  }

  /** What is called so in the schema of a layer, quoted. */
  String in(Layer layer, String table) {
    return quoted(schema(layer)) + "." + quoted(table);
  }

  /** What the table in which one execution of a run stages a table's rows is called. */
  static String staging(Contract contract, String execution) {
    String readable = contract.name().replace('.', '_');
    String run =
        Hashing.sha256()
            .hashString(contract.name() + "/" + execution, StandardCharsets.UTF_8)
            .toString();
    return readable.substring(0, Math.min(LONGEST_READABLE, readable.length()))
        + "_"
        + run.substring(0, 16);
  }

  /** The key of the lock under which tables are made and runs published, one at a time. */
  long lockKey() {
    return Hashing.sha256()
        .hashString("stripe-analytics-pipeline/" + prefix, StandardCharsets.UTF_8)
        .asLong();
  }

  private String prefixed(String name) {
    return prefix.isEmpty() ? name : prefix + "_" + name;
  }
}
