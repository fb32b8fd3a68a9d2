package org.stripeanalytics.pipelines.local;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.IngestOptions;
import org.stripeanalytics.pipelines.LocalPath;
import org.stripeanalytics.pipelines.Manifest;
import org.stripeanalytics.pipelines.PipelineMain;
import org.stripeanalytics.pipelines.Pipelines;
import org.stripeanalytics.pipelines.RunLocalOptions;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.pipelines.WarehouseLocation;
import org.stripeanalytics.report.PipelineTask;
import org.stripeanalytics.report.Report;
import org.stripeanalytics.report.ReportPage;
import org.stripeanalytics.warehouse.Warehouse;

/** The command {@code report}: writes the dashboard and the catalogue of a finished warehouse. */
final class WriteReport {
  static final String USAGE =
      """
      Usage: report [--warehouse=LOCATION] [--warehouseRegion=US] [--warehousePassword=env:NAME]
                    [--output=DIRECTORY]
      Writes DIRECTORY/index.html, by default report/index.html: a dashboard, and a catalogue of all
      tables with their lineage. The file needs nothing beside it and no network. A directory can be
      in a bucket, as in gs://BUCKET/report.
      """;

  private static final ImmutableSet<String> OPTIONS =
      ImmutableSet.of("warehouse", "warehouseRegion", "warehousePassword", "output");

  private final Terminal terminal;
  private final InstantSource clock;

  WriteReport(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  int run(List<String> args) throws IOException {
    CommandOptions options = CommandOptions.parse(args, OPTIONS);
    if (options.asksForHelp()) {
      terminal.answer(USAGE);
      return ExitStatus.DONE;
    }
    String output = options.text("output").orElse(RunLocalOptions.DEFAULT_REPORT);
    checkPlace(output);
    String location = options.text("warehouse").orElse(WarehouseLocation.DEFAULT);
    String page = write(Sql.open(location, options.arguments()), output, clock.instant());
    terminal.answer(page + "\n");
    return ExitStatus.DONE;
  }

  /** Writes the page into a directory of this machine or of a bucket; the result is the file. */
  static String write(Warehouse warehouse, String output, Instant generatedAt) throws IOException {
    return isRemote(output)
        ? ReportPage.write(
                Report.of(warehouse, tasks(), generatedAt),
                FileSystems.matchNewResource(output, /* isDirectory= */ true))
            .toString()
        : write(warehouse, directory("output", output), generatedAt).toString();
  }

  private static void checkPlace(String output) {
    if (!isRemote(output)) {
      writableDirectory("output", output);
      return;
    }
    // Beam looks through the whole class path for its file systems, which a local page does not
    // need.
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    try {
      FileSystems.matchNewResource(output, /* isDirectory= */ true);
    } catch (IllegalArgumentException e) {
      throw new BadInput(
          "--output="
              + output
              + " cannot be written to; allowed are a directory and gs://BUCKET/…");
    }
  }

  private static boolean isRemote(String output) {
    return IngestOptions.REMOTE.matcher(LocalPath.withoutScheme(output)).matches();
  }

  /** Writes the page of {@code warehouse}; the result is the file. */
  static Path write(Warehouse warehouse, Path directory, Instant generatedAt) throws IOException {
    return ReportPage.write(Report.of(warehouse, tasks(), generatedAt), directory);
  }

  /**
   * Reads where to write.
   *
   * @throws BadInput when it cannot be a directory
   */
  static Path directory(String option, String given) {
    try {
      if (!given.isBlank()) {
        return Path.of(LocalPath.withoutScheme(given));
      }
    } catch (InvalidPathException e) {
      // Said below, together with a blank.
    }
    throw new BadInput(
        "--" + option + "=" + given + " is no path; allowed is the path of a directory");
  }

  /**
   * Reads where to write, and makes the directory.
   *
   * @throws BadInput when it cannot be a directory, or no file can be written there
   */
  static Path writableDirectory(String option, String given) {
    Path directory = directory(option, given);
    try {
      Files.createDirectories(directory);
      Files.delete(Files.createTempFile(directory, ".writable", null));
      return directory;
    } catch (IOException e) {
      throw new BadInput(
          "--%s=%s cannot be written to; give a directory that can".formatted(option, given));
    }
  }

  private static ImmutableList<PipelineTask> tasks() {
    return Pipelines.all().stream().map(WriteReport::task).collect(ImmutableList.toImmutableList());
  }

  private static PipelineTask task(PipelineMain<?> pipeline) {
    Manifest manifest = pipeline.manifest();
    return new PipelineTask(
        pipeline.name(),
        manifest.description(),
        manifest.owner(),
        schedule(manifest),
        ImmutableList.copyOf(manifest.reads()),
        ImmutableList.copyOf(manifest.writes()));
  }

  private static String schedule(Manifest manifest) {
    String schedules =
        manifest.environments().entrySet().stream()
            .filter(environment -> environment.getValue().schedule() != null)
            .map(environment -> in(environment.getKey(), environment.getValue().schedule()))
            .collect(joining(", "));
    return schedules.isEmpty() ? "on demand" : schedules;
  }

  private static String in(String environment, Manifest.Schedule schedule) {
    return environment + ": " + schedule.cron() + " " + schedule.zone();
  }
}
