package org.stripeanalytics.warehouse.duckdb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryLimitTest {
  private static final long GIB = 1L << 30;

  @TempDir Path directory;

  @Test
  void threeFifthsOfWhatTheHeapLeavesAreForDuckDb() {
    assertThat(MemoryLimit.bytes(28 * GIB, 8 * GIB), is(12 * GIB));
  }

  @Test
  void aHeapThatLeavesLittleLeavesDuckDbOneGibibyte() {
    assertThat(MemoryLimit.bytes(4 * GIB, 3 * GIB), is(GIB));
  }

  @Test
  void aHeapLargerThanTheMachineLeavesDuckDbOneGibibyte() {
    assertThat(MemoryLimit.bytes(4 * GIB, 8 * GIB), is(GIB));
  }

  @Test
  void anOpenedDatabaseHasTheLimitOfThisProcess() throws SQLException {
    try (Connection connection =
            DuckDbFile.readWrite(directory.resolve("stripe.duckdb")).connect();
        Statement statement = connection.createStatement()) {
      String limit = currentLimit(statement);
      statement.execute("SET memory_limit = '" + MemoryLimit.ofThisProcess() + "B'");

      assertThat(limit, is(currentLimit(statement)));
    }
  }

  private static String currentLimit(Statement statement) throws SQLException {
    return (String)
        QueryAnswer.of(statement.getConnection(), "SELECT current_setting('memory_limit')").value();
  }
}
