package org.stripeanalytics.oracle;

import java.nio.file.Path;
import java.util.Map;
import org.stripeanalytics.benchmark.Accounts;
import org.stripeanalytics.benchmark.Worked;
import org.stripeanalytics.pipelines.Terminal;

/**
 * What a user of one machine and a database would take instead of the pipelines: the oracle's SQL,
 * for the benchmark. Says how many raw rows the warehouse has.
 */
public final class OracleRun {

  /**
   * @param args a warehouse whose raw tables and seeds are loaded
   */
  public static void main(String[] args) {
    try (Oracle oracle = Oracle.over(Path.of(args[0]))) {
      long start = System.nanoTime();
      oracle.asOf(Accounts.END, Map.of()).prepare();
      for (String table : Oracle.TABLES) {
        oracle.execute("CREATE TEMP TABLE oracles_%s AS %s".formatted(table, Oracle.select(table)));
      }
      Terminal.ofProcess().answer(new Worked(0, Worked.secondsSince(start), 0).line());
    }
  }

  private OracleRun() {}
}
