package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.pipelines.WarehouseLocation;
import org.stripeanalytics.warehouse.duckdb.ExportFormat;
import org.stripeanalytics.warehouse.duckdb.ExportManifest;
import org.stripeanalytics.warehouse.duckdb.TableExport;
import org.stripeanalytics.warehouse.duckdb.TableImport;
import org.stripeanalytics.warehouse.duckdb.WarehouseClaim;

/** The commands {@code export} and {@code import-tables}: tables as files, and back. */
final class ExportCommand {
  static final String USAGE =
      """
      Usage: export --output=DIRECTORY [--format=parquet|csv] [--tables=NAME,NAME] [--checksums]
                    [--overwrite] [--warehouse=PATH]
             import-tables --input=DIRECTORY --warehouse=PATH
      export writes each table to DIRECTORY/layer/table, a file or more per partition, and to
      DIRECTORY/manifest.json the columns, how many rows, and the SHA-256 of each file. Tables are
      layers or layer.table, such as marts or raw.charges; default: all but ops. --checksums adds what
      sql --checksums prints of each table, and takes longer. DIRECTORY may be gs://BUCKET/….
      import-tables makes a new warehouse of an export, and compares all of that.
      """;

  private final Terminal terminal;
  private final Clock clock;

  ExportCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  int export(List<String> args) throws IOException {
    Arguments arguments =
        read(
            args,
            ImmutableSet.of(
                "output", "format", "tables", "checksums", "overwrite", "warehouse", "help"));
    if (arguments.option("help").isPresent()) {
      terminal.answer(USAGE);
      return ExitStatus.DONE;
    }
    ExportFormat format = format(arguments.option("format").orElse(ExportFormat.PARQUET.id()));
    ImmutableList<WarehouseTable<?>> tables = SelectedTables.of(arguments.option("tables"));
    Path warehouse = warehouse(arguments.option("warehouse").orElse(WarehouseLocation.DEFAULT));
    ExportPlace place =
        ExportPlace.of(
            required(arguments, "output", "the directory to write to"),
            isSet(arguments, "overwrite"));
    boolean checksums = isSet(arguments, "checksums");
    ExportManifest manifest =
        place.fill(
            directory ->
                TableExport.write(
                    warehouse, tables, format, checksums, directory, clock.instant()));
    terminal.say(
        "exported %,d rows of %,d tables to %,d files"
            .formatted(manifest.rows(), manifest.tables().size(), manifest.files().size()));
    terminal.answer(place.manifest() + "\n");
    return ExitStatus.DONE;
  }

  int importTables(List<String> args) {
    Arguments arguments = read(args, ImmutableSet.of("input", "warehouse", "help"));
    if (arguments.option("help").isPresent()) {
      terminal.answer(USAGE);
      return ExitStatus.DONE;
    }
    Path input =
        WriteReport.directory("input", required(arguments, "input", "the directory of an export"));
    Path warehouse = warehouse(required(arguments, "warehouse", "the path of a new warehouse"));
    try (WarehouseClaim unused = WarehouseClaim.of(warehouse)) {
      ExportManifest manifest = TableImport.read(input, warehouse, clock);
      terminal.say(
          "imported %,d rows of %,d tables, which are those of the manifest"
              .formatted(manifest.rows(), manifest.tables().size()));
    }
    terminal.answer(warehouse + "\n");
    return ExitStatus.DONE;
  }

  private static Arguments read(List<String> args, ImmutableSet<String> allowed) {
    Arguments arguments = Arguments.parse(args);
    arguments.allowOnly(allowed);
    if (!arguments.words().isEmpty()) {
      throw new BadInput(
          "unexpected \"" + arguments.words().get(0) + "\"; options are written --name=value");
    }
    return arguments;
  }

  private static String required(Arguments arguments, String name, String what) {
    return arguments
        .option(name)
        .orElseThrow(() -> new BadInput("--%s is missing; give %s".formatted(name, what)));
  }

  private static boolean isSet(Arguments arguments, String flag) {
    String given = arguments.option(flag).orElse("false");
    if (!given.equals("true") && !given.equals("false")) {
      throw new BadInput("--%s=%s cannot be used; give true or false".formatted(flag, given));
    }
    return given.equals("true");
  }

  private static ExportFormat format(String given) {
    return Arrays.stream(ExportFormat.values())
        .filter(format -> format.id().equals(given))
        .findFirst()
        .orElseThrow(
            () -> new BadInput("--format=" + given + " is not known; allowed are parquet, csv"));
  }

  private static Path warehouse(String location) {
    if (WarehouseLocation.parse(location) instanceof WarehouseLocation.BigQuery) {
      throw new BadInput(
          "--warehouse="
              + location
              + " is not on this machine; BigQuery writes its tables to a bucket by itself, with"
              + " EXPORT DATA or bq extract");
    }
    return WarehouseLocation.parseLocal(location).file();
  }
}
