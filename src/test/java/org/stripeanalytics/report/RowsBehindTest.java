package org.stripeanalytics.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.stripeanalytics.pipelines.local.SynthesisedAccounts;
import org.stripeanalytics.warehouse.Warehouse;

/** The rows that a card offers are those that its figure was made of: they sum to it. */
class RowsBehindTest {
  private static final Warehouse WAREHOUSE = SynthesisedAccounts.ofSeed(1);
  private static Warehouse.Hold hold;

  @BeforeAll
  static void hold() {
    hold = WAREHOUSE.holdOpen();
  }

  @AfterAll
  static void release() {
    hold.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mrr            | SUM(arr_minor) / 1200                           | mrr_monthly              | mrr_end
          mrr            | COUNT(*)                                        | mrr_monthly              | customers_end
          movements      | SUM(arr_minor_change) / 1200                    | mrr_monthly              | mrr_end - mrr_start
          churn          | COUNT(*)                                        | churn_monthly            | customers_start
          churn          | COUNT(*) FILTER (WHERE arr_minor = 0)           | churn_monthly            | customers_lost
          churn-kinds    | COUNT(*)                                        | mrr_monthly              | customers_churned
          churn-kinds    | COUNT(*) FILTER (WHERE churn_kind = 'voluntary') | churn_monthly           | voluntary_churned
          nrr            | SUM(arr_minor) / SUM(arr_minor_12m_before)      | churn_monthly            | nrr_12m
          funnel         | COUNT(*)                                        | trial_funnel             | signups
          funnel         | COUNT(trial_started_at)                         | trial_funnel             | trials_started
          unit-economics | SUM(spend_minor) / 100                          | unit_economics_monthly   | sales_marketing_spend
          unit-economics | COUNT(*) FILTER (WHERE what = 'customer')       | unit_economics_monthly   | customers_new
          recovery       | COUNT(*)                                        | payment_health_monthly   | invoices_attempted
          recovery       | COUNT(*) FILTER (WHERE is_recovered)            | payment_health_monthly   | recovered
          refunds        | COUNT(DISTINCT CASE WHEN status = 'succeeded' AND NOT is_release THEN charge_id END) | refunds_disputes_monthly | refunded_charges
          disputes       | COUNT(DISTINCT CASE WHEN NOT is_inquiry THEN charge_id END) | refunds_disputes_monthly | disputed_charges
          """)
  void theRowsSumToTheFigure(String name, String aggregate, String mart, String figure) {
    String month = mart.equals("trial_funnel") ? "signup_month" : "month";
    for (String segment : new String[] {"all", "region"}) {
      String value = segment.equals("all") ? "all" : "europe";
      assertThat(
          segment,
          rounded(
              "SELECT %s FROM (%s)"
                  .formatted(
                      aggregate,
                      FilledQuery.of(
                          WAREHOUSE,
                          name,
                          segment.equals("all") ? "TRUE" : segment + " = '" + value + "'"))),
          is(
              rounded(
                  """
                  SELECT %s FROM marts.%s WHERE segment = '%s' AND segment_value = '%s'
                  AND %s = (SELECT MAX(month) FROM marts.mrr_monthly)
                  """
                      .formatted(figure, mart, segment, value, month))));
    }
  }

  @ParameterizedTest
  @FieldSource("org.stripeanalytics.report.RowsBehind#NAMES")
  void everyQueryRuns(String name) {
    WAREHOUSE.query("SELECT COUNT(*) FROM (%s)".formatted(FilledQuery.of(WAREHOUSE, name)));
  }

  private static BigDecimal rounded(String sql) {
    Object value = WAREHOUSE.query(sql).value();
    return new BigDecimal(String.valueOf(value)).setScale(2, RoundingMode.HALF_UP);
  }
}
