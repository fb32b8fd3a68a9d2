package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * Raw tables as somebody's own export fills them: a part of the customers, subscriptions, invoices,
 * charges and products is missing, amounts are in several currencies, and items end in the year
 * 9999. Nothing of that breaks a run, drops a fact or doubles one.
 */
class MessyAccountTest {
  /** A fraction of the objects, the same in every run: by the last letter of the id. */
  private static final String SOME = "ascii(right(id, 1)) % 4 = ";

  @TempDir static Path folder;
  private static DuckDbWarehouse warehouse;

  @BeforeAll
  static void transformAMessyAccount() throws SQLException {
    Path file = folder.resolve("messy.duckdb");
    LocalRuns.run(
        "synthesize",
        file,
        "--runner=InMemoryRunner",
        "--customers=200",
        "--start=2024-01-01",
        "--end=2025-04-01");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      for (String mess :
          List.of(
              "DELETE FROM raw.customers WHERE " + SOME + "0",
              "DELETE FROM raw.subscriptions WHERE " + SOME + "1",
              "DELETE FROM raw.invoices WHERE " + SOME + "2",
              "DELETE FROM raw.charges WHERE " + SOME + "3",
              "DELETE FROM raw.products WHERE id = (SELECT min(id) FROM raw.products)",
              "UPDATE raw.charges SET currency = 'jpy' WHERE " + SOME + "1",
              "UPDATE raw.invoices SET currency = 'eur' WHERE " + SOME + "0",
              "UPDATE raw.invoices SET customer = NULL WHERE " + SOME + "3",
              "UPDATE raw.subscriptions SET items = list_transform(items, lambda item:"
                  + " struct_update(item,"
                  + " current_period_end := TIMESTAMP '9999-12-31 23:59:59'))")) {
        statement.execute(mess);
      }
    }
    warehouse =
        LocalRuns.run(
            "transform", file, "--runner=InMemoryRunner", "--from=2024-01-01", "--to=2025-04-01");
  }

  @ParameterizedTest
  @CsvSource({
    "raw.invoices,id,facts.fct_invoices,invoice_id",
    "raw.charges,id,facts.fct_payments,charge_id",
    "raw.refunds,id,facts.fct_refunds,refund_id",
    "raw.disputes,id,facts.fct_disputes,dispute_id",
    "raw.balance_transactions,id,facts.fct_balance_transactions,balance_transaction_id",
    "raw.subscriptions,id,dimensions.dim_subscription,subscription_id",
    "raw.customers,id,dimensions.dim_customer,customer_id"
  })
  void everyObjectHasItsRowAndNoneIsDoubled(String raw, String id, String table, String key) {
    assertThat(
        warehouse
            .query(
                """
                SELECT * FROM (
                  SELECT DISTINCT %2$s FROM %1$s EXCEPT SELECT DISTINCT %4$s FROM %3$s)
                """
                    .formatted(raw, id, table, key))
            .rows(),
        is(empty()));
    String version = table.equals("dimensions.dim_customer") ? ", valid_from" : "";
    assertThat(
        warehouse
            .query(
                "SELECT %2$s FROM %1$s GROUP BY %2$s%3$s HAVING count(*) > 1"
                    .formatted(table, key, version))
            .rows(),
        is(empty()));
  }

  @Test
  void totalsStillTiePerCurrency() {
    assertThat(
        warehouse
            .query(
                "SELECT currency, sum(amount_minor) FROM facts.fct_payments"
                    + " GROUP BY currency ORDER BY currency")
            .rows(),
        is(
            warehouse
                .query(
                    "SELECT currency, sum(amount) FROM (FROM raw.charges QUALIFY row_number()"
                        + " OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1)"
                        + " GROUP BY currency ORDER BY currency")
                .rows()));
    assertThat(
        warehouse.query("SELECT sum(net_minor) FROM facts.fct_balance_transactions").rows(),
        is(
            warehouse
                .query(
                    "SELECT sum(net) FROM (FROM raw.balance_transactions QUALIFY row_number()"
                        + " OVER (PARTITION BY id ORDER BY _snapshot_date DESC) = 1)")
                .rows()));
  }

  @ParameterizedTest
  @CsvSource({
    "fct_payments,customer_key,dim_customer",
    "fct_invoices,customer_key,dim_customer",
    "fct_invoices,subscription_key,dim_subscription",
    "fct_refunds,customer_key,dim_customer",
    "fct_mrr_movements,customer_key,dim_customer",
    "fct_customer_months,customer_key,dim_customer",
    "fct_subscription_events,subscription_key,dim_subscription"
  })
  void unknownMembersTakeTheMissingSide(String fact, String key, String dimension) {
    assertThat(
        count(
            "SELECT count(*) FROM facts.%s WHERE %s NOT IN (SELECT %s FROM dimensions.%s)"
                .formatted(fact, key, key, dimension)),
        is(0L));
    assertThat(
        "rows of the unknown member",
        count("SELECT count(*) FROM facts.fct_payments WHERE customer_key = -1"),
        is(greaterThan(0L)));
  }

  @Test
  void theDataTestsSayWhatIsMissing() {
    LocalRuns.either(
        "check",
        warehouse.path(),
        "--from=2024-01-01",
        "--to=2025-04-01",
        "--runner=InMemoryRunner");

    List<String> missing =
        warehouse
            .query(
                "SELECT DISTINCT table_name || ' ' || target FROM ops.quality_results"
                    + " WHERE NOT passed AND failing_count > 0")
            .rows()
            .stream()
            .map(row -> String.valueOf(row.get(0)))
            .filter(result -> result.startsWith("raw."))
            .toList();
    assertThat(missing, is(not(empty())));
  }

  private static long count(String sql) {
    return (Long) warehouse.query(sql).rows().get(0).get(0);
  }
}
