package org.stripeanalytics.warehouse.duckdb;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.duckdb.DuckDBDriver;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.WarehouseException;
import org.stripeanalytics.warehouse.WarehouseInUseException;

/**
 * A DuckDB file and how it is opened. Connections of one process share one database instance, so
 * opening another is cheap; another process may only open the file while nobody writes to it.
 */
final class DuckDbFile implements Serializable {
  /** Memory that an export keeps to use again. */
  private static final long REUSED_BYTES = 1L << 30;

  private static final Pattern LOCK_HOLDER = Pattern.compile("held in (\\S+) \\(PID (\\d+)\\)");

  private static final String STREAMING = "jdbc_stream_results";

  /** For what is asked before a command begins. */
  private static final Duration PATIENCE_AT_FIRST = Duration.ofSeconds(5);

  /** For what would end a run that has worked for a while. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String path;
  private final boolean readOnly;

  /** The only directory that queries of a file to read may write to; null for none. */
  private final @Nullable String exports;

  private transient @Nullable SharedRead sharedRead;

  private DuckDbFile(Path path, boolean readOnly, @Nullable Path exports) {
    this.path = path.toAbsolutePath().normalize().toString();
    this.readOnly = readOnly;
    this.exports = exports == null ? null : exports.toAbsolutePath().normalize().toString();
  }

  static DuckDbFile readWrite(Path path) {
    return new DuckDbFile(path, false, null);
  }

  static DuckDbFile readOnly(Path path) {
    return new DuckDbFile(path, true, null);
  }

  /** A file to read, and to write from into one directory. */
  static DuckDbFile forExport(Path path, Path directory) {
    return new DuckDbFile(path, true, directory);
  }

  Path path() {
    return Path.of(path);
  }

  /** Where DuckDB keeps what it has committed and not yet merged into the file. */
  Path writeAheadLog() {
    return writeAheadLog(path());
  }

  static Path writeAheadLog(Path database) {
    return Path.of(database + ".wal");
  }

  /**
   * Opens a connection, and waits a while for another process that has the file open. One that only
   * reads sees what was committed when the first of those that are open was opened.
   *
   * @throws WarehouseException when the file cannot be opened
   */
  Connection connect() {
    return connect(PATIENCE);
  }

  /** The same with little patience, for the first look of a command. */
  Connection connectAtFirst() {
    return connect(PATIENCE_AT_FIRST);
  }

  private Connection connect(Duration patience) {
    if (!readOnly) {
      return HeldOpen.another(path).orElseGet(() -> openForWriting(patience));
    }
    SharedRead shared = sharedRead();
    Path file = shared.begin();
    try {
      return open(file, () -> () -> {}, shared::end, patience, new AtomicBoolean());
    } catch (RuntimeException e) {
      shared.end();
      throw e;
    }
  }

  private Connection openForWriting(Duration patience) {
    AtomicBoolean opened = new AtomicBoolean();
    return open(
        path(),
        // Whoever does not wait to open the file waits to close it all the same.
        () -> holdBytes(opened.get() ? PATIENCE : patience),
        () -> {},
        patience,
        opened);
  }

  /** Keeps a file to write to open, if nobody else has it open at this moment. */
  Warehouse.Hold holdAtOnce() {
    return HeldOpen.hold(path, () -> openForWriting(Duration.ZERO));
  }

  /** Keeps the file open, so that reading its catalogue is paid for once. */
  Warehouse.Hold hold() {
    if (!readOnly) {
      return HeldOpen.hold(path, () -> openForWriting(PATIENCE));
    }
    Connection connection = connect();
    return () -> {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new WarehouseException(String.valueOf(e.getMessage()), e);
      }
    };
  }

  /** Whether all tables are known to be there; while the file is held, nobody takes them away. */
  boolean isComplete() {
    return HeldOpen.isComplete(path);
  }

  /** Notes that all tables are there. */
  void complete() {
    HeldOpen.complete(path);
  }

  private synchronized SharedRead sharedRead() {
    if (sharedRead == null) {
      sharedRead = new SharedRead(path());
    }
    return sharedRead;
  }

  /** Needed wherever the bytes of the file may change: on opening, closing and committing. */
  LockFile.Hold holdBytes() {
    return holdBytes(PATIENCE);
  }

  private LockFile.Hold holdBytes(Duration patience) {
    try {
      return LockFile.holdBytes(path(), /* shared= */ false, patience)
          .orElseThrow(
              () -> new WarehouseInUseException(path + " is being copied; try again in a minute"));
    } catch (IOException e) {
      // Nobody reads along in a folder where no lock file can be made.
      return () -> {};
    }
  }

  private Connection open(
      Path file,
      Supplier<LockFile.Hold> hold,
      Runnable whenClosed,
      Duration patience,
      AtomicBoolean opened) {
    AtomicReference<SQLException> refusal = new AtomicReference<>();
    return Patience.within(
            patience,
            () -> {
              try {
                Connection connection = InTurn.open(() -> open(file), hold, whenClosed);
                opened.set(true);
                return Optional.of(connection);
              } catch (SQLException e) {
                refusal.set(e);
                if (isInUse(e)) {
                  return Optional.empty();
                }
                throw new WarehouseException(whyNotOpened(e), e);
              }
            })
        .orElseThrow(
            () -> {
              Matcher holder = LOCK_HOLDER.matcher(String.valueOf(refusal.get().getMessage()));
              return inUse(holder.find() ? Optional.of(holder.group(2)) : Optional.empty());
            });
  }

  private Connection open(Path file) throws SQLException {
    Connection connection = new DuckDBDriver().connect("jdbc:duckdb:" + file, properties());
    try (Statement statement = connection.createStatement()) {
      configure(statement);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Makes answers on a connection come whole, as those of a file to read only do in any case. A
   * streamed one that breaks off loses the reason.
   */
  void stopStreaming(Statement statement) throws SQLException {
    if (!readOnly) {
      statement.execute("SET SESSION " + STREAMING + " = false");
    }
  }

  private void configure(Statement statement) throws SQLException {
    if (readOnly && isLocked(statement)) {
      // Another connection of this process has configured the instance that they share.
      return;
    }
    // Only the rendering of TIMESTAMP WITH TIME ZONE depends on it; ours have none.
    statement.execute("SET GLOBAL TimeZone = 'UTC'");
    if (exports != null) {
      // Whoever exports asks over several connections at once, which are threads already.
      statement.execute("SET threads = 1");
      statement.execute("SET allowed_directories = [" + TableSql.literal(exports) + "]");
      statement.execute("SET enable_external_access = false");
    }
    if (readOnly) {
      // Else a query could switch on logs and profiles, which are written to files.
      statement.execute("SET lock_configuration = true");
    }
  }

  private static boolean isLocked(Statement statement) throws SQLException {
    try (ResultSet locked =
        statement.executeQuery("SELECT current_setting('lock_configuration')")) {
      locked.next();
      return locked.getBoolean(1);
    }
  }

  /** Checks that the file, which need not exist yet, is or can become a DuckDB file. */
  void checkReachable() {
    if (Files.isDirectory(path())) {
      throw new WarehouseException(path + " is a directory; give the path of a DuckDB file");
    }
    checkName();
    if (Files.exists(path())) {
      return;
    }
    if (readOnly) {
      throw new WarehouseException(
          "there is no warehouse " + path + "; give the path of a DuckDB file that a run has made");
    }
    Path directory = path().getParent();
    try {
      Files.createDirectories(directory);
      Files.delete(Files.createTempFile(directory, ".writable", null));
    } catch (IOException e) {
      throw new WarehouseException(
          directory + " cannot be written to; give a path in a directory that can", e);
    }
  }

  /** DuckDB calls the database by the file's name, and then cannot tell it from a schema's. */
  private void checkName() {
    String name = path().getFileName().toString().replaceFirst("\\..*", "");
    if (Arrays.stream(Layer.values()).anyMatch(layer -> layer.id().equalsIgnoreCase(name))) {
      throw new WarehouseException(
          path + " has the name of a layer, " + name + "; give the file another name");
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    // Everything needed is built in; the database must never reach out for more.
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    properties.setProperty(STREAMING, String.valueOf(!readOnly));
    properties.setProperty("memory_limit", MemoryLimit.ofThisProcess() + "B");
    if (readOnly) {
      properties.setProperty("access_mode", "READ_ONLY");
      // A read-only database still writes other files, such as those of COPY and ATTACH. Which
      // directory is left open to them can be said only before they are refused.
      properties.setProperty("enable_external_access", String.valueOf(exports != null));
    }
    if (exports != null) {
      // What is written to partitions is copied into new memory, row by row, and the system would
      // give and take all of it again and again.
      long memory = MemoryLimit.ofThisProcess();
      properties.setProperty("block_allocator_memory", Math.min(REUSED_BYTES, memory / 4) + "B");
      properties.setProperty("partitioned_write_flush_threshold", "122880");
    }
    return properties;
  }

  private String whyNotOpened(SQLException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("not a valid DuckDB database file")) {
      return path + " is not a DuckDB file; give the path of a warehouse, or of a new file";
    }
    return path + " cannot be opened as a DuckDB file: " + message.lines().findFirst().orElse("");
  }

  private static boolean isInUse(SQLException e) {
    return String.valueOf(e.getMessage()).contains("Could not set lock on file");
  }

  /**
   * @param process its number, if it is known
   */
  WarehouseInUseException inUse(Optional<String> process) {
    return new WarehouseInUseException(
        path
            + " is in use by "
            + process.map(number -> "process " + number).orElse("another process")
            + "; wait for it to end, or give another file");
  }

  @Override
  public String toString() {
    return path;
  }
}
