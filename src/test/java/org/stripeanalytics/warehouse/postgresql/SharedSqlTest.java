package org.stripeanalytics.warehouse.postgresql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.warehouse.WarehouseException;

/** What is written for every warehouse, in PostgreSQL's words. */
class SharedSqlTest {
  private static final SchemaNames DEV = new SchemaNames("dev");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "FROM marts.mrr_daily AS t|FROM \"dev_marts\".\"mrr_daily\" AS t",
        "DATE_ADD(s.day, INTERVAL 1 DAY)|CAST(s.day + INTERVAL '1 DAY' AS DATE)",
        "DATE_SUB(month, INTERVAL 12 MONTH)|CAST(month - INTERVAL '12 MONTH' AS DATE)",
        "CAST(t.rows AS STRING)|CAST(t.rows AS TEXT)",
        "ARRAY_LENGTH(t.lines) > 0|jsonb_array_length(t.lines) > 0",
        "t.parent.type IS NULL|(t.parent #>> '{type}') IS NULL",
        "t.status_transitions.paid_at|(t.status_transitions #>> '{paid_at}')::timestamp without time zone",
      })
  void whatEveryWarehouseUnderstandsIsPutIntoPostgresWords(String shared, String own) {
    assertThat(SharedSql.translate(shared, DEV), is(own));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT 'FROM marts.mrr_daily'",
        "SELECT \"marts.mrr_daily\" -- marts.mrr_daily",
        "SELECT now() - INTERVAL '1 day'",
        "SELECT x FROM pg_catalog.pg_class",
        "SELECT db.a_schema.a_table.a_column",
        "SELECT lines->0->>'amount' FROM dev_raw.invoices;",
      })
  void itsOwnSqlStaysAsItIs(String sql) {
    assertThat(SharedSql.translate(sql, DEV), is(sql));
  }

  @Test
  void aSecondStatementIsRefused() {
    assertThrows(
        WarehouseException.class,
        () -> SharedSql.translate("SELECT ';'; DELETE FROM marts.mrr_daily", DEV));
  }
}
