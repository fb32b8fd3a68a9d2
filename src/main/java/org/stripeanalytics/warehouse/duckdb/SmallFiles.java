package org.stripeanalytics.warehouse.duckdb;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Joins staged files that are small into larger ones. A runner with small bundles stages thousands
 * of files, and DuckDB spends some two milliseconds on opening each. Compressed streams of lines
 * need no unpacking for it: one behind the other they are a stream again.
 */
final class SmallFiles {
  private static final long SMALL_BYTES = 1 << 20;
  private static final long ENOUGH_BYTES = 8 << 20;

  private SmallFiles() {}

  /**
   * Joins what is small; the files given stay where they are.
   *
   * @param directory where joined files go
   * @return files that together hold the same rows
   */
  static List<String> join(List<String> files, Path directory) throws IOException {
    ImmutableList.Builder<String> joined = ImmutableList.builder();
    FileChannel open = null;
    try {
      for (String file : files) {
        try (FileChannel small = FileChannel.open(Path.of(file), StandardOpenOption.READ)) {
          if (small.size() >= SMALL_BYTES) {
            joined.add(file);
            continue;
          }
          if (open != null && open.size() >= ENOUGH_BYTES) {
            open.close();
            open = null;
          }
          if (open == null) {
            Path next = directory.resolve(UUID.randomUUID() + NdjsonFile.SUFFIX);
            open = FileChannel.open(next, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            joined.add(next.toString());
          }
          append(small, open);
        }
      }
    } finally {
      close(open);
    }
    return joined.build();
  }

  private static void append(FileChannel from, FileChannel to) throws IOException {
    long position = 0;
    while (position < from.size()) {
      position += from.transferTo(position, from.size() - position, to);
    }
  }

  private static void close(@Nullable FileChannel channel) throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
