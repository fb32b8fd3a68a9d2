package org.stripeanalytics.pipelines;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.ingestion.exports.ReadExports;
import org.stripeanalytics.ingestion.exports.SourceTables;
import org.stripeanalytics.warehouse.RunId;

/** Options of {@link Collect}. */
public interface CollectOptions extends RejectionOptions {
  @TemplateParameter(
      label = "Source",
      group = TemplateParameter.Group.DATA,
      regex = "^[a-z][a-z0-9_]*$",
      example = "hubspot")
  @Description(
      "Whose exports these are, such as hubspot or salesforce: a source that contracts in"
          + " schemas/raw name. With all, the name of the source has to be in each path.")
  @Default.String(SourceTables.ALL)
  String getSource();

  void setSource(String value);

  @TemplateParameter(
      label = "Exported files",
      group = TemplateParameter.Group.DATA,
      kind = TemplateParameter.Kind.GCS_READ_FILE,
      regex = "^[^\\n\\r]+$",
      example = "gs://stripe-analytics-dev/exports/hubspot/**")
  @Description(
      "CSV or NDJSON files, named after their tables, as in exports/contact.csv, or the folder that"
          + " they are in. May be given several times.")
  @Nullable List<String> getInput();

  void setInput(@Nullable List<String> value);

  @TemplateParameter(
      label = "Run to replay",
      group = TemplateParameter.Group.DATA,
      regex = "^[A-Za-z0-9_-]{1,64}$",
      example = "nightly-20260131")
  @Description(
      "Instead of files: the run whose rejected rows are ingested again, run_id in"
          + " ops.rejected_records.")
  @Nullable String getRun();

  void setRun(@Nullable String value);

  @TemplateParameter(
      label = "Day of the export",
      group = TemplateParameter.Group.DATA,
      regex = Dates.REGEX,
      example = "2026-01-31")
  @Description(
      "The day at whose end rows are in the state that was exported, as in 2026-01-31. Rows that"
          + " say when they changed need none. Default: the day of the run.")
  @Nullable String getExtractedOn();

  void setExtractedOn(@Nullable String value);

  /** The day, if one was given. */
  static @Nullable LocalDate extractedOn(CollectOptions options) {
    return options.getExtractedOn() == null ? null : LocalDate.parse(options.getExtractedOn());
  }

  /** What to read; a folder stands for all that is in it. */
  static ImmutableList<String> patterns(CollectOptions options) {
    return options.getInput().stream()
        .map(
            pattern ->
                isRemote(pattern) || pattern.contains("*") || !Files.isDirectory(Path.of(pattern))
                    ? pattern
                    : Path.of(pattern) + "/**")
        .collect(toImmutableList());
  }

  private static boolean isRemote(String pattern) {
    return IngestOptions.REMOTE.matcher(pattern).matches();
  }

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(CollectOptions options, List<String> faults) {
    RejectionOptions.check(options, faults);
    if (options.getExtractedOn() != null) {
      Dates.check("extractedOn", options.getExtractedOn(), faults);
    }
    SourceTables source = new SourceTables(options.getSource());
    if (source.tables().isEmpty()) {
      faults.add(
          "--source=%s is none; allowed are %s, all"
              .formatted(options.getSource(), String.join(", ", SourceTables.names())));
      return;
    }
    boolean hasInput = options.getInput() != null && !options.getInput().isEmpty();
    if (options.getRun() != null) {
      checkRun(options, hasInput, faults);
    } else if (!hasInput) {
      faults.add("--input is missing; give exported files or their folder, as in --input=exports");
    } else {
      FileSystems.setDefaultPipelineOptions(options);
      patterns(options).stream()
          .filter(pattern -> !isRemote(pattern))
          .forEach(pattern -> checkFiles(source, pattern, faults));
    }
  }

  private static void checkRun(CollectOptions options, boolean hasInput, List<String> faults) {
    if (hasInput) {
      faults.add("--run ingests again what a run has rejected, and takes no --input");
    } else if (!RunId.isValid(options.getRun())) {
      faults.add(
          "--run="
              + options.getRun()
              + " is not a valid run id; use 1 to 64 letters, digits, \"-\" or \"_\"");
    } else if (options.getRun().equals(options.getRunId())) {
      faults.add("--runId=" + options.getRunId() + " is the run to replay; give it another name");
    }
  }

  /** What can be known of files of this machine before anything is touched. */
  private static void checkFiles(SourceTables source, String pattern, List<String> faults) {
    try {
      List<MatchResult.Metadata> files =
          FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata();
      if (files.isEmpty()) {
        faults.add("--input=" + pattern + " matches no file; give the path of at least one");
      } else if (files.stream()
          .noneMatch(file -> source.ofFile(file.resourceId().toString()).isPresent())) {
        faults.add(
            "--input=%s has no file that is named after a table of %s; there are %s, as in %s.csv"
                .formatted(
                    pattern,
                    source.source(),
                    String.join(", ", source.tableNames()),
                    source.tableNames().first()));
      }
      for (MatchResult.Metadata file : files) {
        try (InputStream bytes = Channels.newInputStream(FileSystems.open(file.resourceId()))) {
          ReadExports.fault(source, file.resourceId().toString(), bytes).ifPresent(faults::add);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      faults.add("--input=" + pattern + " cannot be read; give the path of files");
    }
  }
}
