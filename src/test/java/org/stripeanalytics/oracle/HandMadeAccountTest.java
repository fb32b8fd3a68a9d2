package org.stripeanalytics.oracle;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.pipelines.local.LocalRuns;

/**
 * Mistakes that the best-known packages of Stripe metrics make, each with a customer on whom it
 * would show, computed by the whole transform.
 */
class HandMadeAccountTest {
  private static final String ACCOUNT =
      """
      INSERT INTO raw.customers BY NAME
      SELECT c.* FROM (VALUES ('returner'), ('tried'), ('never_paid'), ('short'), ('mixed'), ('refunded')) t(id),
        LATERAL (FROM a_customer(t.id, '2024-01-05')) c;
      INSERT INTO raw.coupons BY NAME FROM a_coupon('five_off', 'forever', amount_off := 500, currency := 'usd');
      INSERT INTO raw.discounts BY NAME FROM a_discount('di_five_off', 'five_off', '2024-01-01');

      -- $20 from January to February; $50 on another subscription from April on.
      INSERT INTO raw.subscriptions BY NAME
      FROM a_subscription('sub_first', 'returner', '2024-01-10', [an_item('si_1', starter(2000))]) UNION ALL
      FROM a_subscription('sub_first', 'returner', '2024-01-10', [an_item('si_1', starter(2000))],
          status := 'canceled', changed := '2024-02-10', ended_at := '2024-02-10', reason := 'cancellation_requested') UNION ALL
      FROM a_subscription('sub_second', 'returner', '2024-04-05', [an_item('si_2', professional(5000))]);

      -- A trial that ends without payment, and a subscription whose first payment never came.
      INSERT INTO raw.subscriptions BY NAME
      FROM a_subscription('sub_trial', 'tried', '2024-01-10', [an_item('si_3', starter(2000))],
          status := 'trialing', trial_start := '2024-01-10', trial_end := '2024-01-24') UNION ALL
      FROM a_subscription('sub_trial', 'tried', '2024-01-10', [an_item('si_3', starter(2000))],
          status := 'canceled', changed := '2024-01-24', ended_at := '2024-01-24',
          trial_start := '2024-01-10', trial_end := '2024-01-24') UNION ALL
      FROM a_subscription('sub_unpaid', 'never_paid', '2024-01-10', [an_item('si_4', starter(2000))],
          status := 'incomplete') UNION ALL
      FROM a_subscription('sub_unpaid', 'never_paid', '2024-01-10', [an_item('si_4', starter(2000))],
          status := 'incomplete_expired', changed := '2024-01-11');

      -- $70 from 3 to 20 May.
      INSERT INTO raw.subscriptions BY NAME
      FROM a_subscription('sub_short', 'short', '2024-05-03', [an_item('si_5', starter(7000))]) UNION ALL
      FROM a_subscription('sub_short', 'short', '2024-05-03', [an_item('si_5', starter(7000))],
          status := 'canceled', changed := '2024-05-20', ended_at := '2024-05-20', reason := 'cancellation_requested');

      -- $20 and €10 a month, and $5 off.
      INSERT INTO raw.subscriptions BY NAME
      FROM a_subscription('sub_mixed', 'mixed', '2024-06-10',
          [an_item('si_6', starter(2000)), an_item('si_7', a_price('price_eur', 'prod_addon', 1000, 'month', currency := 'eur'))],
          discounts := ['di_five_off']);

      -- Invoices of March and April; the charge of March is refunded in two parts in April.
      INSERT INTO raw.subscriptions BY NAME
      FROM a_subscription('sub_refunded', 'refunded', '2024-03-01', [an_item('si_8', starter(10000))],
          latest_invoice := 'in_april');
      INSERT INTO raw.invoices BY NAME
      FROM an_invoice('in_march', 'refunded', '2024-03-01', subscription := 'sub_refunded', total := 10000,
          paid_at := '2024-03-01', attempt_count := 1) UNION ALL
      FROM an_invoice('in_april', 'refunded', '2024-04-01', subscription := 'sub_refunded', total := 10000,
          paid_at := '2024-04-01', attempt_count := 1);
      INSERT INTO raw.invoice_payments BY NAME
      FROM an_invoice_payment('inpay_1', 'in_march', 'pi_1', '2024-03-01') UNION ALL
      FROM an_invoice_payment('inpay_2', 'in_april', 'pi_2', '2024-04-01');
      INSERT INTO raw.charges BY NAME
      FROM a_charge('ch_march', 'refunded', '2024-03-01 10:00', 10000, payment_intent := 'pi_1') UNION ALL
      FROM a_charge('ch_april', 'refunded', '2024-04-01 10:00', 10000, payment_intent := 'pi_2');
      INSERT INTO raw.refunds BY NAME
      FROM a_refund('re_1', 'ch_march', '2024-04-10', 3000) UNION ALL FROM a_refund('re_2', 'ch_march', '2024-04-20', 4000);
      INSERT INTO raw.balance_transactions BY NAME
      FROM a_ledger_entry('txn_1', '2024-03-01 10:00', 'charge', 10000, source := 'ch_march') UNION ALL
      FROM a_ledger_entry('txn_2', '2024-04-01 10:00', 'charge', 10000, source := 'ch_april') UNION ALL
      FROM a_ledger_entry('txn_3', '2024-04-10', 'refund', -3000, source := 're_1') UNION ALL
      FROM a_ledger_entry('txn_4', '2024-04-20', 'refund', -4000, source := 're_2');
      """;

  @TempDir static Path folder;
  private static Oracle warehouse;

  @BeforeAll
  static void transform() {
    Path file = folder.resolve("account.duckdb");
    HandMadeAccount.write(file, ACCOUNT);
    LocalRuns.run("transform", file, "--from=2020-01-01", "--to=2024-07-01");
    warehouse = Oracle.over(file);
  }

  @AfterAll
  static void close() {
    warehouse.close();
  }

  @Test
  void whoComesBackOnANewSubscriptionIsReactivatedAndNeitherNewNorExpansion() {
    assertTold(
        """
        2024-01-10 new 24000
        2024-02-10 churn -24000
        2024-04-05 reactivation 60000\
        """,
        "SELECT day, movement_type, arr_minor_change FROM facts.fct_mrr_movements"
            + " WHERE customer_id = 'returner' ORDER BY day");
  }

  @Test
  void monthsWithoutRevenueDoNotTurnAReturnIntoANewCustomer() {
    assertTold(
        """
        2024-02-01 0 0 -20 0
        2024-03-01 100 100 0 0
        2024-04-01 0 0 0 50\
        """,
        "SELECT month, %s, %s, %s, %s FROM marts.mrr_monthly"
                .formatted(
                    whole("mrr_new"),
                    whole("net_new"),
                    whole("net_churn"),
                    whole("net_reactivation"))
            + " WHERE segment = 'all' AND month BETWEEN '2024-02-01' AND '2024-04-01'"
            + " ORDER BY month");
  }

  @Test
  void trialsAndSubscriptionsNeverPaidForAreInTheFunnelAndNowhereInRevenue() {
    assertTold(
        "", "SELECT * FROM facts.fct_mrr_movements WHERE customer_id IN ('tried', 'never_paid')");
    assertTold(
        "6 1 0",
        "SELECT signups, trials_started, trials_converted FROM marts.trial_funnel"
            + " WHERE segment = 'all' AND signup_month = '2024-01-01'");
  }

  @Test
  void whatStartsAndEndsInOneMonthShowsInItsGrossMovementsAndNotInItsNetOnes() {
    assertTold(
        "70 -70 0 0 1 1",
        "SELECT %s, %s, %s, %s, customers_new, customers_churned FROM marts.mrr_monthly"
                .formatted(
                    whole("mrr_new"), whole("mrr_churn"), whole("net_new"), whole("net_churn"))
            + " WHERE segment = 'all' AND month = '2024-05-01'");
  }

  @Test
  void anAmountOffLeavesASiblingItemOfAnotherCurrencyAlone() {
    assertTold(
        "5",
        "SELECT CAST(arr_minor_list - arr_minor AS BIGINT) // 1200"
            + " FROM intermediate.subscription_spells WHERE subscription_id = 'sub_mixed'");
  }

  @Test
  void twoPartialRefundsLeaveTheChargeCountedOnce() {
    assertTold(
        """
        2024-03-01 1 100 0 0 1 70
        2024-04-01 1 100 1 70 0 0\
        """,
        ("SELECT month, charges_succeeded, %s, refunded_charges, %s, cohort_refunded_charges, %s"
                .formatted(
                    whole("charge_volume"),
                    whole("refunded_volume"),
                    whole("cohort_refunded_volume")))
            + " FROM marts.refunds_disputes_monthly WHERE segment = 'all'"
            + " AND month <= '2024-04-01' ORDER BY month");
    assertTold(
        "200 -70 130",
        "SELECT %s, %s, %s FROM marts.revenue_daily WHERE segment = 'all'"
            .formatted(whole("sum(gross_volume)"), whole("sum(refunds)"), whole("sum(net)")));
  }

  @Test
  void aRefundOfAnEarlierInvoiceHasItsSubscription() {
    assertTold(
        """
        re_1 in_march sub_refunded
        re_2 in_march sub_refunded\
        """,
        "SELECT refund_id, invoice_id, subscription_id FROM facts.fct_refunds ORDER BY refund_id");
  }

  private static String whole(String cell) {
    return "CAST(" + cell + " AS BIGINT)";
  }

  private static void assertTold(String lines, String query) {
    assertThat(
        String.join(
            "\n", warehouse.query(query).stream().map(row -> String.join(" ", row)).toList()),
        is(lines));
  }
}
