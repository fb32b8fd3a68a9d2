package org.stripeanalytics.synthesis;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.synthesis.json.JsonBytes;
import org.stripeanalytics.warehouse.RowMeter;

/**
 * The files that one part of the account becomes, {@code DIR/<table>/part-<part>.<format>}: one per
 * raw table with rows. The part names them, so doing it again writes the same files again; each is
 * there only once it is whole.
 */
final class ObjectFiles implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final String UNFINISHED = "unfinished-";

  private final String directory;
  private final String part;
  private final ObjectFormat format;
  private final Map<WarehouseTable<?>, File> files = new HashMap<>();

  ObjectFiles(String directory, String part, ObjectFormat format) {
    this.directory = directory;
    this.part = part;
    this.format = format;
  }

  /** Every file of objects, at whatever table and part, whole or not. */
  static List<String> globs(String directory) {
    return Stream.of("part-*", UNFINISHED + "part-*")
        .map(
            name ->
                folder(directory, "*")
                    .resolve(name, StandardResolveOptions.RESOLVE_FILE)
                    .toString())
        .toList();
  }

  /** Writes one object, or what is left of one, as a line. */
  void write(WarehouseTable<?> table, JsonBytes object) {
    try {
      OutputStream out = files.computeIfAbsent(table, this::create).out();
      object.writeTo(out);
      out.write('\n');
      RowMeter.STAGED.add(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the files appear under their names. */
  void finish() throws IOException {
    for (File file : files.values()) {
      file.out().close();
      FileSystems.rename(
          List.of(file.unfinished()),
          List.of(file.target()),
          StandardMoveOptions.IGNORE_MISSING_FILES);
    }
    files.clear();
  }

  @Override
  public void close() throws IOException {
    for (File file : files.values()) {
      file.out().close();
    }
    files.clear();
  }

  private File create(WarehouseTable<?> table) {
    ResourceId folder = folder(directory, folderOf(table));
    String name = "part-" + part + "." + format.id();
    ResourceId target = folder.resolve(name, StandardResolveOptions.RESOLVE_FILE);
    ResourceId unfinished = folder.resolve(UNFINISHED + name, StandardResolveOptions.RESOLVE_FILE);
    try {
      OutputStream bytes =
          Channels.newOutputStream(FileSystems.create(unfinished, MimeTypes.BINARY));
      return new File(
          unfinished, target, new BufferedOutputStream(format.over(bytes), BUFFER_BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create " + target, e);
    }
  }

  /** Raw tables keep their name; the truth is kept apart from what Stripe would report. */
  private static String folderOf(WarehouseTable<?> table) {
    return table.contract().layer() == Layer.TRUTH
        ? Layer.TRUTH.id() + "_" + table.contract().table()
        : table.contract().table();
  }

  private static ResourceId folder(String directory, String name) {
    return FileSystems.matchNewResource(directory, true)
        .resolve(name, StandardResolveOptions.RESOLVE_DIRECTORY);
  }

  private record File(ResourceId unfinished, ResourceId target, OutputStream out) {}
}
