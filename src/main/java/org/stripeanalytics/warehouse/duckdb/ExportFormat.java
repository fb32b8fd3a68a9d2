package org.stripeanalytics.warehouse.duckdb;

import static org.stripeanalytics.warehouse.duckdb.TableSql.list;
import static org.stripeanalytics.warehouse.duckdb.TableSql.literal;
import static org.stripeanalytics.warehouse.duckdb.TableSql.quoted;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.stripeanalytics.contract.Contract;

/** The files that tables can be exported to, and read from again. */
public enum ExportFormat {
  /** With the types of the tables: money is DECIMAL(38, 9), timestamps are UTC without a zone. */
  PARQUET {
    @Override
    String options(Contract contract) {
      // Documents have kilobytes: groups of DuckDB's usual size hold hundreds of megabytes until
      // they
      // are written. The least level takes a tenth more room and a quarter less time.
      return "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE "
          + (contract.columns().stream().anyMatch(contract::holdsDocuments) ? 4096 : 30000);
    }

    @Override
    String read(List<TableFieldSchema> columns, List<Path> files) {
      return "read_parquet(" + listed(files) + ", hive_partitioning = false)";
    }
  },
  /**
   * RFC 4180 with a header. A null is an empty field and an empty text a quoted one; records and
   * lists are JSON.
   */
  CSV {
    @Override
    String options(Contract contract) {
      return "FORMAT csv, HEADER true";
    }

    @Override
    String written(TableFieldSchema column) {
      String name = quoted(column.getName());
      return isNested(column)
          ? "CASE WHEN " + name + " IS NOT NULL THEN to_json(" + name + ")::VARCHAR END AS " + name
          : name;
    }

    @Override
    String read(List<TableFieldSchema> columns, List<Path> files) {
      return "read_csv("
          + listed(files)
          + ", auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"'"
          + ", nullstr = '', allow_quoted_nulls = false, hive_partitioning = false"
          + ", max_line_size = "
          + LONGEST_LINE
          + ", columns = {"
          + list(
              columns,
              column ->
                  literal(column.getName())
                      + ": "
                      + literal(isNested(column) ? "VARCHAR" : TableSql.type(column)))
          + "})";
    }

    @Override
    String value(TableFieldSchema column) {
      String name = quoted(column.getName());
      return isNested(column) ? name + "::JSON::" + TableSql.type(column) : name;
    }
  };

  /** Verbatim payloads are one field of a line. */
  private static final int LONGEST_LINE = 64 << 20;

  /** The options of COPY for a table. */
  abstract String options(Contract contract);

  /** A column as it is written. */
  String written(TableFieldSchema column) {
    return quoted(column.getName());
  }

  /** The rows of files. */
  abstract String read(List<TableFieldSchema> columns, List<Path> files);

  /** A column as it was before it was written. */
  String value(TableFieldSchema column) {
    return quoted(column.getName());
  }

  /** As options, manifests and the names of files have it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static boolean isNested(TableFieldSchema column) {
    return TableSql.isRepeated(column) || column.getFields() != null;
  }

  private static String listed(List<Path> files) {
    return "[" + list(files, file -> literal(file.toString())) + "]";
  }
}
