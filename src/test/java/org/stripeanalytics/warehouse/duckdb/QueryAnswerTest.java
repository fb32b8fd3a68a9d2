package org.stripeanalytics.warehouse.duckdb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.warehouse.QueryResult;

class QueryAnswerTest {
  @TempDir private Path directory;
  private DuckDbWarehouse warehouse;

  @BeforeEach
  void createWarehouse() {
    warehouse = Warehouses.created(directory.resolve("stripe.duckdb"));
  }

  @Test
  void everyTypeArrivesAsThePortPromises() {
    QueryResult answer =
        warehouse.query(
            "SELECT 1::TINYINT AS small, sum(2::BIGINT) AS total, 18446744073709551615::UBIGINT AS wide,"
                + " 1.50::DECIMAL(38, 9) AS rate, true AS yes, 'x' AS text, NULL AS nothing,"
                + " DATE '2024-02-29' AS day, TIMESTAMP '2024-02-29 23:59:59.123456' AS moment");

    assertThat(
        answer.columns(),
        equalTo(
            List.of("small", "total", "wide", "rate", "yes", "text", "nothing", "day", "moment")));
    assertThat(
        answer.rows().get(0),
        equalTo(
            Arrays.asList(
                1L,
                2L,
                new BigInteger("18446744073709551615"),
                new BigDecimal("1.500000000"),
                true,
                "x",
                null,
                LocalDate.of(2024, 2, 29),
                Instant.parse("2024-02-29T23:59:59.123456Z"))));
  }

  @Test
  void nestedValuesAreListsAndMapsWhateverTheMachinesZone() {
    TimeZone zone = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("America/Los_Angeles"));
    try {
      assertThat(
          warehouse
              .query(
                  "SELECT [{'at': TIMESTAMP '2024-03-10 02:30:00', 'day': DATE '2024-03-10', 'n': [1, NULL]}]")
              .value(),
          is(
              List.of(
                  Map.of(
                      "at",
                      Instant.parse("2024-03-10T02:30:00Z"),
                      "day",
                      LocalDate.of(2024, 3, 10),
                      "n",
                      Arrays.asList(1L, null)))));
    } finally {
      TimeZone.setDefault(zone);
    }
  }
}
