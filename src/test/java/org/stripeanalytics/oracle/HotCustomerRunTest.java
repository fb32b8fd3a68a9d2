package org.stripeanalytics.oracle;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.pipelines.local.LocalRuns;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/** A key that is far hotter than all others goes through the whole transform. */
class HotCustomerRunTest {
  @TempDir Path folder;

  @Test
  void aCustomerWith10000InvoicesHasEveryFactAndTheRightFigures() {
    Path file = folder.resolve("hot.duckdb");
    HandMadeAccount.write(
        file,
        """
        INSERT INTO raw.customers BY NAME
        SELECT c.* FROM range(20) t(n), LATERAL (FROM a_customer('cus_' || n, '2023-01-10')) c;
        INSERT INTO raw.subscriptions BY NAME
        SELECT s.* FROM range(20) t(n), LATERAL (FROM a_subscription('sub_' || n, 'cus_' || n,
          '2023-01-10', [an_item('si_' || n, starter(10000))])) s;

        CREATE TEMP TABLE hot AS
        SELECT n, TIMESTAMP '2023-02-01' + n * INTERVAL 2 HOUR AS moment FROM range(10000) t(n);
        INSERT INTO raw.invoices BY NAME
        SELECT i.* FROM hot, LATERAL (FROM an_invoice('in_' || n, 'cus_0', moment,
          subscription := 'sub_0', total := 2000, paid_at := moment, attempt_count := 1)) i;
        INSERT INTO raw.invoice_payments BY NAME
        SELECT p.* FROM hot,
          LATERAL (FROM an_invoice_payment('inpay_' || n, 'in_' || n, 'pi_' || n, moment)) p;
        INSERT INTO raw.charges BY NAME
        SELECT c.* FROM hot, LATERAL (FROM a_charge('ch_' || n, 'cus_0', moment, 2000,
          payment_intent := 'pi_' || n)) c;
        """);

    DuckDbWarehouse warehouse =
        LocalRuns.run(
            "transform", file, "--runner=FlinkRunner", "--from=2023-01-01", "--to=2025-07-01");

    assertThat(
        warehouse
            .query(
                """
                SELECT (SELECT count(DISTINCT invoice_id) FROM facts.fct_invoices),
                       (SELECT count(DISTINCT charge_id) FROM facts.fct_payments),
                       (SELECT sum(amount_minor) FROM facts.fct_payments)
                """)
            .rows()
            .toString(),
        is(List.of(List.of(10_000, 10_000, 20_000_000)).toString()));
    try (OracleComparison comparison =
        OracleComparison.of(file, LocalDate.parse("2025-07-01"), Map.of())) {
      assertThat(String.join("\n", comparison.differences()), is(""));
    }
  }
}
