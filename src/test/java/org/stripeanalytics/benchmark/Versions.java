package org.stripeanalytics.benchmark;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** Of the engines. */
record Versions(String beam, String flink, String duckdb) {

  static Versions here() {
    return new Versions(
        ReleaseInfo.getReleaseInfo().getVersion(), EnvironmentInformation.getVersion(), duckDb());
  }

  private static String duckDb() {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("SELECT version()")) {
      answer.next();
      return answer.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not tell its version", e);
    }
  }

  /** The commit that is checked out, and whether anything but the benchmark's results differs. */
  static String commit() throws IOException, InterruptedException {
    ProcessRun.Finished head =
        ProcessRun.unchecked(List.of("git", "rev-parse", "--short=10", "HEAD"));
    if (head.status() != 0) {
      return "unknown";
    }
    ProcessRun.Finished changed =
        ProcessRun.unchecked(
            List.of(
                "git",
                "diff",
                "--quiet",
                "HEAD",
                "--",
                ".",
                ":!scripts/benchmark/results.json",
                ":!scripts/benchmark/README.md"));
    return head.output().strip() + (changed.status() == 0 ? "" : " with changes");
  }
}
