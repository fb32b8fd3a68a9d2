package org.stripeanalytics.pipelines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Options of {@link Ingest}. */
public interface IngestOptions extends IngestionOptions {
  /** A path on another machine, which is not looked at before the pipeline runs. */
  Pattern REMOTE = Pattern.compile("[a-z][a-z0-9]+://.*");

  @TemplateParameter(
      label = "Files to ingest",
      group = TemplateParameter.Group.DATA,
      kind = TemplateParameter.Kind.GCS_READ_FILE,
      regex = "^[^\\n\\r]+$",
      example = "gs://stripe-analytics-dev/landing/2026-01-31/*",
      required = true)
  @Description(
      "The files to ingest, as in exports/*.ndjson or gs://bucket/events/**.gz. May be given"
          + " several times.")
  @Nullable List<String> getInput();

  void setInput(@Nullable List<String> value);

  @TemplateParameter(
      label = "Nothing to ingest is fine",
      group = TemplateParameter.Group.DATA,
      example = "true")
  @Description(
      "Whether a pattern with * in --input may match no file, as in a schedule when nothing has"
          + " arrived. A path without * has to be there in any case.")
  boolean getAllowEmptyInput();

  void setAllowEmptyInput(boolean value);

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(IngestOptions options, List<String> faults) {
    IngestionOptions.check(options, faults);
    if (options.getInput() == null || options.getInput().isEmpty()) {
      faults.add("--input is missing; give the files to ingest, as in --input='exports/*.ndjson'");
      return;
    }
    FileSystems.setDefaultPipelineOptions(options);
    options.getInput().stream()
        .filter(pattern -> REMOTE.matcher(pattern).matches())
        .forEach(pattern -> checkRemote(pattern, faults));
    options.getInput().stream()
        .filter(pattern -> !REMOTE.matcher(pattern).matches())
        .filter(pattern -> !(options.getAllowEmptyInput() && pattern.contains("*")))
        .forEach(pattern -> checkLocal(pattern, faults));
  }

  /** Whether there are such files, the run finds out; whether there can be any is known before. */
  private static void checkRemote(String pattern, List<String> faults) {
    try {
      ResourceId unused = FileSystems.matchNewResource(pattern, /* isDirectory= */ false);
    } catch (IllegalArgumentException e) {
      faults.add(
          "--input="
              + pattern
              + " cannot be read from here; allowed are paths of this machine and gs://BUCKET/FILE");
    }
  }

  private static void checkLocal(String pattern, List<String> faults) {
    if (!pattern.contains("*") && Files.isDirectory(Path.of(pattern))) {
      faults.add("--input=" + pattern + " is a directory; give the files in it, as in DIRECTORY/*");
      return;
    }
    try {
      if (FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata().isEmpty()) {
        faults.add("--input=" + pattern + " matches no file; give the path of at least one");
      }
    } catch (IOException | IllegalArgumentException e) {
      faults.add("--input=" + pattern + " cannot be read; give the path of files");
    }
  }
}
