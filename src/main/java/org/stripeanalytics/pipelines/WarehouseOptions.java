package org.stripeanalytics.pipelines;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.observability.secrets.SecretReference;
import org.stripeanalytics.warehouse.ReportingZones;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.WarehouseException;
import org.stripeanalytics.warehouse.bigquery.BigQueryWarehouse;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.postgresql.PostgresDatabase;
import org.stripeanalytics.warehouse.postgresql.PostgresWarehouse;

/** Which warehouse a pipeline works on. */
public interface WarehouseOptions extends PipelineOptions {
  Pattern REGION = Pattern.compile("[A-Za-z]+(-[A-Za-z]+[0-9]+)?");

  @TemplateParameter(
      label = "Warehouse",
      group = TemplateParameter.Group.WAREHOUSE,
      regex =
          "^(duckdb:.+|bigquery:[a-z][a-z0-9-]{4,28}[a-z0-9]([.][a-z][a-z0-9_]{0,30})?|"
              + PostgresUrl.REGEX
              + "|[^:]+)$",
      example = "bigquery:stripe-analytics-dev.dev",
      required = true)
  @Description(
      "Where the tables are: a DuckDB file, written duckdb:PATH or just PATH; BigQuery, written"
          + " bigquery:PROJECT or bigquery:PROJECT.PREFIX with a prefix for the datasets' names, with"
          + " a temporary location of the run in Cloud Storage, where rows wait to be loaded; or"
          + " PostgreSQL, written postgresql://USER@HOST:PORT/DATABASE, with ?prefix=PREFIX for the"
          + " schemas' names and ?sslmode=MODE as libpq has it.")
  @Default.String(WarehouseLocation.DEFAULT)
  String getWarehouse();

  void setWarehouse(String value);

  @TemplateParameter(
      label = "Reporting time zone",
      group = TemplateParameter.Group.WAREHOUSE,
      regex = "^[A-Za-z0-9_+:/-]+$",
      example = "Europe/Berlin")
  @Description(
      "The time zone whose days and months the tables have, as in Europe/Berlin. Fixed when the"
          + " warehouse is created.")
  @Default.String("UTC")
  String getReportingZone();

  void setReportingZone(String value);

  @TemplateParameter(
      label = "BigQuery region",
      group = TemplateParameter.Group.WAREHOUSE,
      regex = "^[A-Za-z]+(-[A-Za-z]+[0-9]+)?$",
      example = "EU")
  @Description("Where BigQuery keeps the datasets and runs the jobs, as in US or europe-west3.")
  @Default.String("US")
  String getWarehouseRegion();

  void setWarehouseRegion(String value);

  @TemplateParameter(
      label = "Password of the warehouse",
      group = TemplateParameter.Group.WAREHOUSE,
      regex = "^(env:[A-Za-z_][A-Za-z0-9_]*|projects/[^/]+/secrets/[^/]+/versions/[^/]+)$",
      example = "projects/stripe-analytics-dev/secrets/warehouse/versions/latest")
  @Description(
      "Where the password of a PostgreSQL warehouse is: env:VARIABLE, or"
          + " projects/P/secrets/S/versions/V of Secret Manager. Without, none is sent.")
  @Nullable String getWarehousePassword();

  void setWarehousePassword(String value);

  static ZoneId reportingZone(WarehouseOptions options) {
    return ZoneId.of(options.getReportingZone());
  }

  /**
   * The warehouse to load into. A file is made if there is none, and given the tables that it
   * lacks; of BigQuery nothing is asked before the pipeline runs.
   *
   * @param clock says when a file was created, if it is now
   * @throws WarehouseException when it cannot be used
   */
  static Warehouse open(WarehouseOptions options, Clock clock) {
    Warehouse warehouse = find(options, clock);
    complete(warehouse, options);
    return warehouse;
  }

  /** Gives a file the tables that it lacks, unless the run is a dry one. */
  static void complete(Warehouse warehouse, WarehouseOptions options) {
    boolean isFile =
        WarehouseLocation.parse(options.getWarehouse()) instanceof WarehouseLocation.DuckDb;
    if (isFile && !OptionsView.of(options, RunOptions.class).getDryRun()) {
      warehouse.createTables();
    }
  }

  /**
   * Refuses to begin where there is no file to read: a mistyped path would become an empty one.
   *
   * @throws WarehouseException when there is none
   */
  static void requireThere(WarehouseOptions options) {
    if (WarehouseLocation.parse(options.getWarehouse()) instanceof WarehouseLocation.DuckDb local
        && !Files.exists(local.file())) {
      throw new WarehouseException(
          "there is no warehouse %s; give the path of one that a run has made"
              .formatted(local.file()));
    }
  }

  /**
   * The warehouse as it is, which may not be there.
   *
   * @throws WarehouseException when it cannot be used
   */
  static Warehouse find(WarehouseOptions options, Clock clock) {
    WarehouseLocation location = WarehouseLocation.parse(options.getWarehouse());
    if (location instanceof WarehouseLocation.BigQuery bigQuery) {
      return BigQueryWarehouse.open(
          bigQuery.project(),
          bigQuery.prefix(),
          options.getWarehouseRegion(),
          reportingZone(options),
          options);
    }
    if (location instanceof WarehouseLocation.PostgreSql server) {
      return postgreSql(server, options.getWarehousePassword(), reportingZone(options));
    }
    Path file = ((WarehouseLocation.DuckDb) location).file();
    return DuckDbWarehouse.open(file, reportingZone(options), clock);
  }

  /** Opens a file before it is looked at; see {@link DuckDbWarehouse#holdIfPossible}. */
  static Warehouse.Hold holdIfPossible(WarehouseOptions options) {
    return WarehouseLocation.parse(options.getWarehouse()) instanceof WarehouseLocation.DuckDb local
        ? DuckDbWarehouse.holdIfPossible(local.file())
        : () -> {};
  }

  /**
   * The warehouse of a server, of which nothing is asked yet.
   *
   * @param password a reference to it; null if none is to be sent
   * @throws BadInput when that is no reference
   */
  static PostgresWarehouse postgreSql(
      WarehouseLocation.PostgreSql server, @Nullable String password, ZoneId reportingZone) {
    checkPassword(password)
        .ifPresent(
            fault -> {
              throw new BadInput(fault);
            });
    return PostgresWarehouse.open(
        new PostgresDatabase(
            server.host(),
            server.port(),
            server.database(),
            server.user(),
            server.sslMode(),
            new ReferredPassword(password)),
        server.prefix(),
        reportingZone);
  }

  private static Optional<String> checkPassword(@Nullable String reference) {
    try {
      if (reference != null) {
        SecretReference unused = SecretReference.parse(reference);
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("--warehousePassword is " + e.getMessage());
    }
  }

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(WarehouseOptions options, List<String> faults) {
    if (!REGION.matcher(options.getWarehouseRegion()).matches()) {
      faults.add(
          "--warehouseRegion="
              + options.getWarehouseRegion()
              + " is no region; allowed are names as in US, EU or europe-west3");
    }
    WarehouseLocation.check(options.getWarehouse(), faults);
    checkPassword(options.getWarehousePassword()).ifPresent(faults::add);
    try {
      ReportingZones.joda(reportingZone(options));
    } catch (DateTimeException e) {
      faults.add(
          "--reportingZone="
              + options.getReportingZone()
              + " is not a known time zone; allowed are names such as UTC or Europe/Berlin and"
              + " offsets such as UTC+2 or +05:30");
    }
  }
}
