package org.stripeanalytics.warehouse.duckdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;

/** A second Java process that uses a warehouse file and dies without closing anything. */
final class OtherProcess {
  private OtherProcess() {}

  /** Opens the file as another tool would, says so and waits to be killed. */
  static Process holding(Path file) throws IOException {
    return ready(start("hold", file));
  }

  /** Claims the warehouse, has it open for writing and rows staged, and waits to be killed. */
  static Process changing(Path file) throws IOException {
    return ready(start("change", file));
  }

  /** Reads the warehouse and waits to be killed. */
  static Process reading(Path file) throws IOException {
    return ready(start("read", file));
  }

  /** Unpacks a library into a folder of its own and waits to be killed. */
  static Process unpacking(Path parent) throws IOException {
    return ready(start("unpack", parent));
  }

  private static Process ready(Process process) throws IOException {
    if (process.getInputStream().read() < 0) {
      throw new IllegalStateException("the other process could not begin");
    }
    return process;
  }

  /** Runs a statement in the file, commits it and dies before the file has taken it in. */
  static void commitAndDie(Path file, String sql) throws IOException, InterruptedException {
    start("commit", file, sql).waitFor();
  }

  /** Builds a replacement of the warehouse and dies just before it is put in place. */
  static void replaceAndDie(Path file) throws IOException, InterruptedException {
    start("replace", file).waitFor();
  }

  private static Process start(String task, Path file, String... more) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OtherProcess.class.getName(),
            task,
            file.toString());
    builder.command().addAll(List.of(more));
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[1]);
    switch (args[0]) {
      case "hold" -> {
        Connection held = DuckDbFile.readWrite(file).connect();
        waitForKill();
        held.close();
      }
      case "read" -> {
        Connection held = DuckDbFile.readOnly(file).connect();
        waitForKill();
        held.close();
      }
      case "unpack" -> {
        ProcessFolder folder = ProcessFolder.create(file, "ours-");
        Files.writeString(folder.path().resolve("library.so"), "code");
        waitForKill();
        folder.close();
      }
      case "change" -> {
        WarehouseClaim claim = WarehouseClaim.of(file);
        Files.createDirectories(Warehouses.at(file).stagingArea("killed").resolve("raw.charges"));
        Files.writeString(Path.of(file + ".restoring"), "half a copy");
        Connection held = DuckDbFile.readWrite(file).connect();
        waitForKill();
        held.close();
        claim.close();
      }
      case "commit" -> {
        Connection connection = DuckDbFile.readWrite(file).connect();
        Statement statement = connection.createStatement();
        statement.execute(args[2]);
      }
      case "replace" -> {
        WarehouseReplacement replacement = Warehouses.at(file).replacement();
        replacement.building().createTables();
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
    // As if killed: nothing is closed and no hook runs.
    Runtime.getRuntime().halt(137);
  }

  /** Tells the test, which waits for it, that everything is as it should be. */
  private static void waitForKill() throws IOException {
    System.out.write('!');
    System.out.flush();
    System.in.read();
  }
}
