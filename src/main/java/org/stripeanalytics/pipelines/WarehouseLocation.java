package org.stripeanalytics.pipelines;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a warehouse is, as people write it in {@code --warehouse}. */
public sealed interface WarehouseLocation {
  String DEFAULT = "duckdb:warehouse/stripe.duckdb";

  String ALLOWED =
      "allowed are a DuckDB file, written duckdb:PATH or just PATH,"
          + " bigquery:PROJECT[.PREFIX] and postgresql://USER@HOST[:PORT]/DATABASE[?prefix=PREFIX]";
  // Two letters or more, so that a Windows drive is no kind of warehouse.
  Pattern KIND = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)");
  Pattern PROJECT = Pattern.compile("[a-z][a-z0-9-]{4,28}[a-z0-9]");
  // It becomes part of datasets' names and a label, which holds no capitals.
  Pattern PREFIX = Pattern.compile("[a-z][a-z0-9_]{0,30}");

  /** One file on this machine. */
  record DuckDb(Path file) implements WarehouseLocation {}

  /**
   * Datasets of one environment in a project of Google Cloud.
   *
   * @param prefix of the datasets' names, as in dev; empty if they have none
   */
  record BigQuery(String project, String prefix) implements WarehouseLocation {}

  /**
   * Schemas of one environment in a database of a PostgreSQL server.
   *
   * @param user whose rights count
   * @param prefix of the schemas' names, as in dev; empty if they have none
   * @param sslMode as libpq names it
   */
  record PostgreSql(
      String user, String host, int port, String database, String prefix, String sslMode)
      implements WarehouseLocation {}

  /**
   * Reads a location.
   *
   * @throws BadInput when it cannot be a warehouse
   */
  static WarehouseLocation parse(String location) {
    Matcher kind = KIND.matcher(location);
    if (!kind.matches()) {
      return duckDb(location, location);
    }
    return switch (kind.group(1)) {
      case "duckdb" -> duckDb(location, kind.group(2));
      case "bigquery" -> bigQuery(location, kind.group(2));
      case "postgresql" -> PostgresUrl.parse(location);
      default -> throw refusal(location, "names a kind of warehouse that is not known");
    };
  }

  /**
   * Reads a location that has to be on this machine.
   *
   * @throws BadInput when it is not
   */
  static DuckDb parseLocal(String location) {
    if (parse(location) instanceof DuckDb local) {
      return local;
    }
    throw new BadInput(
        "--warehouse="
            + location
            + " is not on this machine; allowed here is a DuckDB file, written duckdb:PATH or just"
            + " PATH"
            + (parse(location) instanceof PostgreSql
                ? " (pg_dump, pg_restore and COPY are for databases of PostgreSQL)"
                : ""));
  }

  /**
   * Adds a fault when the location cannot be read as one. Whether it can be used, a warehouse says.
   */
  static void check(String location, List<String> faults) {
    try {
      parse(location);
    } catch (BadInput e) {
      faults.addAll(e.faults());
    }
  }

  private static DuckDb duckDb(String location, String path) {
    if (path.isBlank()) {
      throw refusal(location, "names no file");
    }
    try {
      return new DuckDb(Path.of(path));
    } catch (InvalidPathException e) {
      throw refusal(location, "is no path");
    }
  }

  private static BigQuery bigQuery(String location, String name) {
    int dot = name.indexOf('.');
    String project = dot < 0 ? name : name.substring(0, dot);
    if (!PROJECT.matcher(project).matches()) {
      throw refusal(location, "names no project");
    }
    String prefix = dot < 0 ? "" : name.substring(dot + 1);
    if (dot >= 0 && !PREFIX.matcher(prefix).matches()) {
      throw refusal(
          location, "has a prefix of other characters than lower-case letters, digits and _");
    }
    return new BigQuery(project, prefix);
  }

  static BadInput refusal(String location, String what) {
    return new BadInput("--warehouse=" + location + " " + what + "; " + ALLOWED);
  }
}
