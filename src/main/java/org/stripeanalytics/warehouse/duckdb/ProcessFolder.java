package org.stripeanalytics.warehouse.duckdb;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for what must not outlive its process. Beside it is a file that the process keeps
 * locked; the operating system releases the lock when the process ends, however it ends, and then
 * {@link #removeDead} takes the folder for left over. So nothing depends on process numbers, which
 * are used again and mean something else in another container.
 */
public final class ProcessFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessFolder.class);
  private static final String MARK = ".alive";

  /** Closing another descriptor of one of these would release its lock. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel mark;

  private ProcessFolder(Path path, FileChannel mark) {
    this.path = path;
    this.mark = mark;
  }

  /**
   * Makes an empty folder that only its user can look into.
   *
   * @param prefix what its name begins with; nobody else's names may
   */
  public static ProcessFolder create(Path parent, String prefix) throws IOException {
    while (true) {
      // Files.createTempFile would settle for good where this process has its temporary files.
      Path path = parent.resolve(prefix + UUID.randomUUID());
      Path marked = markOf(path);
      FileChannel mark =
          FileChannel.open(marked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      // Until it is locked another process may take it for that of a dead one.
      if (mark.tryLock() != null && Files.exists(marked)) {
        Files.createDirectory(path);
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
          Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
        OWN.add(marked);
        return new ProcessFolder(path, mark);
      }
      mark.close();
    }
  }

  /**
   * Removes the folders of processes that have ended. What cannot be removed stays for another
   * time.
   *
   * @param prefix as given to {@link #create}
   */
  public static void removeDead(Path parent, String prefix) throws IOException {
    try (DirectoryStream<Path> marks =
        Files.newDirectoryStream(
            parent,
            file -> {
              String name = file.getFileName().toString();
              return name.startsWith(prefix) && name.endsWith(MARK);
            })) {
      for (Path mark : marks) {
        if (OWN.contains(mark)) {
          continue;
        }
        try (FileChannel channel = FileChannel.open(mark, StandardOpenOption.WRITE)) {
          @Nullable FileLock free = channel.tryLock();
          if (free != null) {
            String name = mark.getFileName().toString();
            remove(parent.resolve(name.substring(0, name.length() - MARK.length())), mark);
          }
        } catch (IOException e) {
          // Another user's, or another process is just removing it.
          LOG.debug("{} stays", mark, e);
        }
      }
    }
  }

  public Path path() {
    return path;
  }

  /** Removes the folder with all that is in it. */
  @Override
  public void close() throws IOException {
    try {
      remove(path, markOf(path));
    } finally {
      mark.close();
      OWN.remove(markOf(path));
    }
  }

  private static Path markOf(Path path) {
    return path.resolveSibling(path.getFileName() + MARK);
  }

  /** The mark last: a folder without one would never be removed. */
  private static void remove(Path path, Path mark) throws IOException {
    if (Files.exists(path)) {
      MoreFiles.deleteRecursively(path, RecursiveDeleteOption.ALLOW_INSECURE);
    }
    Files.deleteIfExists(mark);
  }
}
