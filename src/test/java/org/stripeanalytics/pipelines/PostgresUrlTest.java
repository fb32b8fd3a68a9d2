package org.stripeanalytics.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresUrlTest {
  @Test
  void anAddressNamesUserServerDatabaseAndPrefix() {
    assertThat(
        WarehouseLocation.parse("postgresql://loader@db.example:6432/stripe?prefix=dev"),
        is(
            new WarehouseLocation.PostgreSql(
                "loader", "db.example", 6432, "stripe", "dev", "prefer")));
    assertThat(
        WarehouseLocation.parse("postgresql://loader@localhost/stripe?sslmode=require"),
        is(new WarehouseLocation.PostgreSql("loader", "localhost", 5432, "stripe", "", "require")));
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://localhost/stripe,names no user",
    "postgresql://me@localhost,names no database of a server",
    "postgresql://me@localhost:70000/stripe,has no port from 1 to 65535",
    "postgresql://me@localhost/stripe?prefix=Dev,has a parameter",
    "postgresql://me@localhost/stripe?schema=dev,has a parameter",
    "postgresql://me:hunter2@localhost/stripe,holds a password",
    "postgresql://me@localhost/stripe?password=hunter2,has a parameter",
  })
  void whatCannotBeUsedIsRefusedInOneLineWithoutThePassword(String location, String why) {
    String refusal =
        assertThrows(BadInput.class, () -> WarehouseLocation.parse(location)).getMessage();

    assertThat(refusal, containsString(why));
    assertThat(refusal, not(containsString("hunter2")));
    assertThat(refusal.lines().count(), is(1L));
  }
}
