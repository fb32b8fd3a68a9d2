package org.stripeanalytics.warehouse.duckdb;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;

/** A second Java process that uses a warehouse file and dies without closing anything. */
final class OtherProcess {
  private OtherProcess() {}

  /** Opens the file, says so and waits to be killed. */
  static Process holding(Path file) throws IOException {
    Process process = start("hold", file);
    if (process.getInputStream().read() < 0) {
      throw new IllegalStateException("the other process could not open " + file);
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
        // Tells the test, which waits for it, that the file is held.
        System.out.write(held.isClosed() ? '?' : '!');
        System.out.flush();
        System.in.read();
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
}
