package org.stripeanalytics.pipelines.local;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.IngestOptions;
import org.stripeanalytics.pipelines.LocalPath;
import org.stripeanalytics.warehouse.duckdb.ExportManifest;
import org.stripeanalytics.warehouse.duckdb.ExportManifest.ExportedFile;
import org.stripeanalytics.warehouse.duckdb.ProcessFolder;

/** Where an export goes. It is written to a place of its own first, and shown when it is whole. */
interface ExportPlace {

  /**
   * Has an export written, and shows it.
   *
   * @param write fills an empty directory
   */
  ExportManifest fill(Function<Path, ExportManifest> write) throws IOException;

  /** Where the manifest is afterwards. */
  String manifest();

  /**
   * Reads where to write.
   *
   * @param overwrite whether an earlier export may be there, to be replaced
   * @throws BadInput when nothing can be written there, or something is there already
   */
  static ExportPlace of(String output, boolean overwrite) throws IOException {
    String local = LocalPath.withoutScheme(output);
    return IngestOptions.REMOTE.matcher(local).matches()
        ? Bucket.at(output, overwrite)
        : Directory.at(local, overwrite);
  }

  private static BadInput taken(String output) {
    return new BadInput(
        "--output="
            + output
            + " is not empty; give another, or --overwrite to replace an earlier export");
  }

  private static BadInput foreign(String output) {
    return new BadInput(
        "--output=%s holds something else than an export; --overwrite replaces no other"
            .formatted(output));
  }

  /** A directory of this machine: the whole export takes its name in one step. */
  record Directory(Path path) implements ExportPlace {
    private static final String WRITING = ".writing-";

    private static Directory at(String output, boolean overwrite) throws IOException {
      Path path = WriteReport.directory("output", output).toAbsolutePath().normalize();
      if (path.getParent() == null) {
        throw new BadInput("--output=" + output + " is a whole disk; give a directory on it");
      }
      WriteReport.writableDirectory("output", path.getParent().toString());
      if (Files.exists(path) && !isEmpty(path)) {
        if (!overwrite) {
          throw taken(output);
        }
        if (!Files.isRegularFile(path.resolve(ExportManifest.FILE))) {
          throw foreign(output);
        }
      }
      return new Directory(path);
    }

    private static boolean isEmpty(Path path) throws IOException {
      if (!Files.isDirectory(path)) {
        return false;
      }
      try (Stream<Path> children = Files.list(path)) {
        return children.findAny().isEmpty();
      }
    }

    @Override
    public ExportManifest fill(Function<Path, ExportManifest> write) throws IOException {
      String prefix = "." + path.getFileName() + WRITING;
      ProcessFolder.removeDead(path.getParent(), prefix);
      try (ProcessFolder folder = ProcessFolder.create(path.getParent(), prefix)) {
        // One inside it, because nobody else may look into the folder of a process.
        Path written = Files.createDirectory(folder.path().resolve("new"));
        ExportManifest manifest = write.apply(written);
        if (Files.exists(path)) {
          Files.move(path, folder.path().resolve("old"), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
        return manifest;
      }
    }

    @Override
    public String manifest() {
      return path.resolve(ExportManifest.FILE).toString();
    }
  }

  /**
   * A place in a bucket, or any other that Beam knows, where nothing can be renamed: an old
   * manifest goes first and the new one comes last, so whatever has a manifest is whole.
   */
  record Bucket(String output) implements ExportPlace {

    static Bucket at(String output, boolean overwrite) {
      // Beam looks through the whole class path for its file systems.
      FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
      Bucket bucket = new Bucket(output.endsWith("/") ? output : output + "/");
      try {
        if (bucket.present("**").findAny().isEmpty()) {
          return bucket;
        }
        if (!overwrite) {
          throw taken(output);
        }
        if (bucket.present(ExportManifest.FILE).findAny().isEmpty()) {
          throw foreign(output);
        }
        return bucket;
      } catch (IllegalArgumentException | IOException e) {
        throw new BadInput(
            "--output=%s cannot be written to (%s); allowed are a directory and gs://BUCKET/…"
                .formatted(output, String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
      }
    }

    private Stream<ResourceId> present(String pattern) throws IOException {
      return FileSystems.match(output + pattern, EmptyMatchTreatment.ALLOW).metadata().stream()
          .map(MatchResult.Metadata::resourceId);
    }

    @Override
    public ExportManifest fill(Function<Path, ExportManifest> write) throws IOException {
      Path written = Files.createTempDirectory("export");
      try {
        ExportManifest manifest = write.apply(written);
        FileSystems.delete(present(ExportManifest.FILE).toList());
        FileSystems.delete(present("**").toList());
        for (ExportedFile file : manifest.files()) {
          upload(written, file.path());
        }
        upload(written, ExportManifest.FILE);
        return manifest;
      } finally {
        MoreFiles.deleteRecursively(written, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    }

    private void upload(Path written, String path) throws IOException {
      ResourceId target =
          FileSystems.matchNewResource(output, /* isDirectory= */ true)
              .resolve(path, StandardResolveOptions.RESOLVE_FILE);
      try (WritableByteChannel channel = FileSystems.create(target, "application/octet-stream")) {
        Files.copy(written.resolve(path), Channels.newOutputStream(channel));
      }
    }

    @Override
    public String manifest() {
      return output + ExportManifest.FILE;
    }
  }
}
