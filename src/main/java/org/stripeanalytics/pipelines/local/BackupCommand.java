package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.pipelines.WarehouseLocation;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;
import org.stripeanalytics.warehouse.duckdb.WarehouseBackup;
import org.stripeanalytics.warehouse.duckdb.WarehouseClaim;

/** The commands {@code backup} and {@code restore} of a warehouse on this machine. */
final class BackupCommand {
  static final String USAGE =
      """
      Usage: backup [--warehouse=PATH] [--output=DIRECTORY]
             restore --backup=FILE [--warehouse=PATH]
      backup copies the warehouse to DIRECTORY/<time>.duckdb, by default backups/, with a checksum.
      restore puts such a copy in the place of the warehouse, if it is still what was written.
      """;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private final Terminal terminal;
  private final Clock clock;

  BackupCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  int backup(List<String> args) {
    CommandOptions options = CommandOptions.parse(args, ImmutableSet.of("warehouse", "output"));
    if (options.asksForHelp()) {
      terminal.answer(USAGE);
      return ExitStatus.DONE;
    }
    DuckDbWarehouse warehouse = DuckDbWarehouse.openReadOnly(warehouse(options));
    Path directory =
        WriteReport.writableDirectory("output", options.text("output").orElse("backups"));
    Path file = directory.resolve(TIME.format(clock.instant()) + ".duckdb");
    WarehouseBackup.at(file).make(warehouse);
    terminal.answer(file + "\n");
    return ExitStatus.DONE;
  }

  int restore(List<String> args) {
    CommandOptions options = CommandOptions.parse(args, ImmutableSet.of("warehouse", "backup"));
    if (options.asksForHelp()) {
      terminal.answer(USAGE);
      return ExitStatus.DONE;
    }
    Path file =
        WriteReport.directory(
            "backup",
            options
                .text("backup")
                .orElseThrow(() -> new BadInput("--backup is missing; give the file to restore")));
    try (WarehouseClaim unused = WarehouseClaim.of(warehouse(options))) {
      WarehouseBackup.at(file).restore(warehouse(options));
    }
    terminal.answer(warehouse(options) + "\n");
    return ExitStatus.DONE;
  }

  private static Path warehouse(CommandOptions options) {
    return WarehouseLocation.parseLocal(options.text("warehouse").orElse(WarehouseLocation.DEFAULT))
        .file();
  }
}
