package org.stripeanalytics.contract;

import com.google.common.collect.ImmutableList;
import org.stripeanalytics.model.dimensions.ChannelMember;
import org.stripeanalytics.model.dimensions.CustomerVersion;
import org.stripeanalytics.model.dimensions.DateRow;
import org.stripeanalytics.model.dimensions.GeographyMember;
import org.stripeanalytics.model.dimensions.PriceMember;
import org.stripeanalytics.model.dimensions.ProductMember;
import org.stripeanalytics.model.dimensions.SubscriptionMember;
import org.stripeanalytics.model.facts.CustomerMonth;
import org.stripeanalytics.model.facts.DisputeFact;
import org.stripeanalytics.model.facts.InvoiceFact;
import org.stripeanalytics.model.facts.LedgerEntry;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.facts.PaymentFact;
import org.stripeanalytics.model.facts.RefundFact;
import org.stripeanalytics.model.facts.SpendFact;
import org.stripeanalytics.model.facts.SubscriptionEvent;
import org.stripeanalytics.model.intermediate.CustomerCheckpoint;
import org.stripeanalytics.model.intermediate.CustomerMilestones;
import org.stripeanalytics.model.intermediate.FoldedMonth;
import org.stripeanalytics.model.intermediate.InvoiceSettlement;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.model.intermediate.SubscriptionSpell;
import org.stripeanalytics.model.marts.BenchmarkPosition;
import org.stripeanalytics.model.marts.ChurnFeatures;
import org.stripeanalytics.model.marts.ChurnMonthly;
import org.stripeanalytics.model.marts.ChurnRisk;
import org.stripeanalytics.model.marts.CustomerSegment;
import org.stripeanalytics.model.marts.LiveFunnel;
import org.stripeanalytics.model.marts.LiveMrr;
import org.stripeanalytics.model.marts.LivePayments;
import org.stripeanalytics.model.marts.LtvForecast;
import org.stripeanalytics.model.marts.MetricAnomaly;
import org.stripeanalytics.model.marts.ModelEvaluation;
import org.stripeanalytics.model.marts.MrrDaily;
import org.stripeanalytics.model.marts.MrrForecast;
import org.stripeanalytics.model.marts.MrrMonthly;
import org.stripeanalytics.model.marts.PaymentHealthMonthly;
import org.stripeanalytics.model.marts.RefundsDisputesMonthly;
import org.stripeanalytics.model.marts.RetentionCohort;
import org.stripeanalytics.model.marts.RevenueDaily;
import org.stripeanalytics.model.marts.SegmentMonthly;
import org.stripeanalytics.model.marts.TrialFunnel;
import org.stripeanalytics.model.marts.UnitEconomicsMonthly;
import org.stripeanalytics.model.ops.FittedModel;
import org.stripeanalytics.model.ops.QualityResult;
import org.stripeanalytics.model.ops.ReceivedDelivery;
import org.stripeanalytics.model.ops.RejectedRecord;
import org.stripeanalytics.model.ops.Restatement;
import org.stripeanalytics.model.ops.RunLogEntry;
import org.stripeanalytics.model.ops.WarehouseSetting;
import org.stripeanalytics.model.raw.BalanceTransaction;
import org.stripeanalytics.model.raw.Charge;
import org.stripeanalytics.model.raw.Coupon;
import org.stripeanalytics.model.raw.Customer;
import org.stripeanalytics.model.raw.Discount;
import org.stripeanalytics.model.raw.Dispute;
import org.stripeanalytics.model.raw.Event;
import org.stripeanalytics.model.raw.Invoice;
import org.stripeanalytics.model.raw.InvoicePayment;
import org.stripeanalytics.model.raw.MarketingSpend;
import org.stripeanalytics.model.raw.PaymentIntent;
import org.stripeanalytics.model.raw.PaymentMethod;
import org.stripeanalytics.model.raw.Payout;
import org.stripeanalytics.model.raw.Price;
import org.stripeanalytics.model.raw.Product;
import org.stripeanalytics.model.raw.Refund;
import org.stripeanalytics.model.raw.Subscription;
import org.stripeanalytics.model.seeds.Benchmark;
import org.stripeanalytics.model.seeds.FxRate;
import org.stripeanalytics.model.seeds.Geography;
import org.stripeanalytics.model.seeds.Holiday;
import org.stripeanalytics.model.staging.StagedInvoiceLineItem;
import org.stripeanalytics.model.staging.StagedSubscriptionItem;
import org.stripeanalytics.model.truth.CustomerTruth;

/**
 * Every table of the warehouse. A test holds this list against the files under {@code schemas/}.
 */
public final class Tables {
  public static final WarehouseTable<Product> PRODUCTS =
      WarehouseTable.of("raw.products", Product.class);
  public static final WarehouseTable<Price> PRICES = WarehouseTable.of("raw.prices", Price.class);
  public static final WarehouseTable<Coupon> COUPONS =
      WarehouseTable.of("raw.coupons", Coupon.class);
  public static final WarehouseTable<Discount> DISCOUNTS =
      WarehouseTable.of("raw.discounts", Discount.class);
  public static final WarehouseTable<Customer> CUSTOMERS =
      WarehouseTable.of("raw.customers", Customer.class);
  public static final WarehouseTable<PaymentMethod> PAYMENT_METHODS =
      WarehouseTable.of("raw.payment_methods", PaymentMethod.class);
  public static final WarehouseTable<Subscription> SUBSCRIPTIONS =
      WarehouseTable.of("raw.subscriptions", Subscription.class);
  public static final WarehouseTable<Invoice> INVOICES =
      WarehouseTable.of("raw.invoices", Invoice.class);
  public static final WarehouseTable<InvoicePayment> INVOICE_PAYMENTS =
      WarehouseTable.of("raw.invoice_payments", InvoicePayment.class);
  public static final WarehouseTable<PaymentIntent> PAYMENT_INTENTS =
      WarehouseTable.of("raw.payment_intents", PaymentIntent.class);
  public static final WarehouseTable<Charge> CHARGES =
      WarehouseTable.of("raw.charges", Charge.class);
  public static final WarehouseTable<Refund> REFUNDS =
      WarehouseTable.of("raw.refunds", Refund.class);
  public static final WarehouseTable<Dispute> DISPUTES =
      WarehouseTable.of("raw.disputes", Dispute.class);
  public static final WarehouseTable<BalanceTransaction> BALANCE_TRANSACTIONS =
      WarehouseTable.of("raw.balance_transactions", BalanceTransaction.class);
  public static final WarehouseTable<Payout> PAYOUTS =
      WarehouseTable.of("raw.payouts", Payout.class);
  public static final WarehouseTable<Event> EVENTS = WarehouseTable.of("raw.events", Event.class);
  public static final WarehouseTable<MarketingSpend> MARKETING_SPEND =
      WarehouseTable.of("raw.marketing_spend", MarketingSpend.class);

  public static final WarehouseTable<Geography> GEOGRAPHY =
      WarehouseTable.of("seeds.geography", Geography.class);
  public static final WarehouseTable<FxRate> FX_RATES =
      WarehouseTable.of("seeds.fx_rates", FxRate.class);
  public static final WarehouseTable<Holiday> HOLIDAYS =
      WarehouseTable.of("seeds.holidays", Holiday.class);
  public static final WarehouseTable<Benchmark> BENCHMARKS =
      WarehouseTable.of("seeds.benchmarks", Benchmark.class);

  public static final WarehouseTable<Product> STG_PRODUCTS =
      WarehouseTable.of("staging.stg_products", Product.class);
  public static final WarehouseTable<Price> STG_PRICES =
      WarehouseTable.of("staging.stg_prices", Price.class);
  public static final WarehouseTable<Coupon> STG_COUPONS =
      WarehouseTable.of("staging.stg_coupons", Coupon.class);
  public static final WarehouseTable<Discount> STG_DISCOUNTS =
      WarehouseTable.of("staging.stg_discounts", Discount.class);
  public static final WarehouseTable<Customer> STG_CUSTOMERS =
      WarehouseTable.of("staging.stg_customers", Customer.class);
  public static final WarehouseTable<PaymentMethod> STG_PAYMENT_METHODS =
      WarehouseTable.of("staging.stg_payment_methods", PaymentMethod.class);
  public static final WarehouseTable<Subscription> STG_SUBSCRIPTIONS =
      WarehouseTable.of("staging.stg_subscriptions", Subscription.class);
  public static final WarehouseTable<Invoice> STG_INVOICES =
      WarehouseTable.of("staging.stg_invoices", Invoice.class);
  public static final WarehouseTable<InvoicePayment> STG_INVOICE_PAYMENTS =
      WarehouseTable.of("staging.stg_invoice_payments", InvoicePayment.class);
  public static final WarehouseTable<PaymentIntent> STG_PAYMENT_INTENTS =
      WarehouseTable.of("staging.stg_payment_intents", PaymentIntent.class);
  public static final WarehouseTable<Charge> STG_CHARGES =
      WarehouseTable.of("staging.stg_charges", Charge.class);
  public static final WarehouseTable<Refund> STG_REFUNDS =
      WarehouseTable.of("staging.stg_refunds", Refund.class);
  public static final WarehouseTable<Dispute> STG_DISPUTES =
      WarehouseTable.of("staging.stg_disputes", Dispute.class);
  public static final WarehouseTable<BalanceTransaction> STG_BALANCE_TRANSACTIONS =
      WarehouseTable.of("staging.stg_balance_transactions", BalanceTransaction.class);
  public static final WarehouseTable<Payout> STG_PAYOUTS =
      WarehouseTable.of("staging.stg_payouts", Payout.class);
  public static final WarehouseTable<Event> STG_EVENTS =
      WarehouseTable.of("staging.stg_events", Event.class);
  public static final WarehouseTable<MarketingSpend> STG_MARKETING_SPEND =
      WarehouseTable.of("staging.stg_marketing_spend", MarketingSpend.class);
  public static final WarehouseTable<StagedSubscriptionItem> STG_SUBSCRIPTION_ITEMS =
      WarehouseTable.of("staging.stg_subscription_items", StagedSubscriptionItem.class);
  public static final WarehouseTable<StagedInvoiceLineItem> STG_INVOICE_LINE_ITEMS =
      WarehouseTable.of("staging.stg_invoice_line_items", StagedInvoiceLineItem.class);

  public static final WarehouseTable<SubscriptionSpell> SUBSCRIPTION_SPELLS =
      WarehouseTable.of("intermediate.subscription_spells", SubscriptionSpell.class);
  public static final WarehouseTable<InvoiceSettlement> INVOICE_SETTLEMENTS =
      WarehouseTable.of("intermediate.invoice_settlements", InvoiceSettlement.class);
  public static final WarehouseTable<ObjectOwner> OBJECT_OWNERS =
      WarehouseTable.of("intermediate.object_owners", ObjectOwner.class);
  public static final WarehouseTable<CustomerCheckpoint> CUSTOMER_STATE =
      WarehouseTable.of("intermediate.customer_state", CustomerCheckpoint.class);
  public static final WarehouseTable<CustomerMilestones> CUSTOMER_MILESTONES =
      WarehouseTable.of("intermediate.customer_milestones", CustomerMilestones.class);
  public static final WarehouseTable<FoldedMonth> FOLDED_MONTHS =
      WarehouseTable.of("intermediate.folded_months", FoldedMonth.class);

  public static final WarehouseTable<DateRow> DIM_DATE =
      WarehouseTable.of("dimensions.dim_date", DateRow.class);
  public static final WarehouseTable<CustomerVersion> DIM_CUSTOMER =
      WarehouseTable.of("dimensions.dim_customer", CustomerVersion.class);
  public static final WarehouseTable<ProductMember> DIM_PRODUCT =
      WarehouseTable.of("dimensions.dim_product", ProductMember.class);
  public static final WarehouseTable<PriceMember> DIM_PRICE =
      WarehouseTable.of("dimensions.dim_price", PriceMember.class);
  public static final WarehouseTable<SubscriptionMember> DIM_SUBSCRIPTION =
      WarehouseTable.of("dimensions.dim_subscription", SubscriptionMember.class);
  public static final WarehouseTable<GeographyMember> DIM_GEOGRAPHY =
      WarehouseTable.of("dimensions.dim_geography", GeographyMember.class);
  public static final WarehouseTable<ChannelMember> DIM_CHANNEL =
      WarehouseTable.of("dimensions.dim_channel", ChannelMember.class);

  public static final WarehouseTable<MrrMovement> FCT_MRR_MOVEMENTS =
      WarehouseTable.of("facts.fct_mrr_movements", MrrMovement.class);
  public static final WarehouseTable<SubscriptionEvent> FCT_SUBSCRIPTION_EVENTS =
      WarehouseTable.of("facts.fct_subscription_events", SubscriptionEvent.class);
  public static final WarehouseTable<CustomerMonth> FCT_CUSTOMER_MONTHS =
      WarehouseTable.of("facts.fct_customer_months", CustomerMonth.class);
  public static final WarehouseTable<InvoiceFact> FCT_INVOICES =
      WarehouseTable.of("facts.fct_invoices", InvoiceFact.class);
  public static final WarehouseTable<PaymentFact> FCT_PAYMENTS =
      WarehouseTable.of("facts.fct_payments", PaymentFact.class);
  public static final WarehouseTable<RefundFact> FCT_REFUNDS =
      WarehouseTable.of("facts.fct_refunds", RefundFact.class);
  public static final WarehouseTable<DisputeFact> FCT_DISPUTES =
      WarehouseTable.of("facts.fct_disputes", DisputeFact.class);
  public static final WarehouseTable<LedgerEntry> FCT_BALANCE_TRANSACTIONS =
      WarehouseTable.of("facts.fct_balance_transactions", LedgerEntry.class);
  public static final WarehouseTable<SpendFact> FCT_MARKETING_SPEND =
      WarehouseTable.of("facts.fct_marketing_spend", SpendFact.class);

  public static final WarehouseTable<MrrDaily> MRR_DAILY =
      WarehouseTable.of("marts.mrr_daily", MrrDaily.class);
  public static final WarehouseTable<MrrMonthly> MRR_MONTHLY =
      WarehouseTable.of("marts.mrr_monthly", MrrMonthly.class);
  public static final WarehouseTable<ChurnMonthly> CHURN_MONTHLY =
      WarehouseTable.of("marts.churn_monthly", ChurnMonthly.class);
  public static final WarehouseTable<RetentionCohort> RETENTION_COHORTS =
      WarehouseTable.of("marts.retention_cohorts", RetentionCohort.class);
  public static final WarehouseTable<CustomerSegment> CUSTOMER_SEGMENTS =
      WarehouseTable.of("marts.customer_segments", CustomerSegment.class);
  public static final WarehouseTable<SegmentMonthly> SEGMENT_MONTHLY =
      WarehouseTable.of("marts.segment_monthly", SegmentMonthly.class);
  public static final WarehouseTable<TrialFunnel> TRIAL_FUNNEL =
      WarehouseTable.of("marts.trial_funnel", TrialFunnel.class);
  public static final WarehouseTable<UnitEconomicsMonthly> UNIT_ECONOMICS_MONTHLY =
      WarehouseTable.of("marts.unit_economics_monthly", UnitEconomicsMonthly.class);
  public static final WarehouseTable<PaymentHealthMonthly> PAYMENT_HEALTH_MONTHLY =
      WarehouseTable.of("marts.payment_health_monthly", PaymentHealthMonthly.class);
  public static final WarehouseTable<RefundsDisputesMonthly> REFUNDS_DISPUTES_MONTHLY =
      WarehouseTable.of("marts.refunds_disputes_monthly", RefundsDisputesMonthly.class);
  public static final WarehouseTable<RevenueDaily> REVENUE_DAILY =
      WarehouseTable.of("marts.revenue_daily", RevenueDaily.class);
  public static final WarehouseTable<MetricAnomaly> METRIC_ANOMALIES =
      WarehouseTable.of("marts.metric_anomalies", MetricAnomaly.class);
  public static final WarehouseTable<LiveMrr> LIVE_MRR =
      WarehouseTable.of("marts.live_mrr", LiveMrr.class);
  public static final WarehouseTable<LivePayments> LIVE_PAYMENTS =
      WarehouseTable.of("marts.live_payments", LivePayments.class);
  public static final WarehouseTable<LiveFunnel> LIVE_FUNNEL =
      WarehouseTable.of("marts.live_funnel", LiveFunnel.class);
  public static final WarehouseTable<BenchmarkPosition> BENCHMARK_POSITION =
      WarehouseTable.of("marts.benchmark_position", BenchmarkPosition.class);
  public static final WarehouseTable<ChurnFeatures> CHURN_FEATURES =
      WarehouseTable.of("marts.churn_features", ChurnFeatures.class);
  public static final WarehouseTable<ChurnRisk> CHURN_RISK =
      WarehouseTable.of("marts.churn_risk", ChurnRisk.class);
  public static final WarehouseTable<ModelEvaluation> MODEL_EVALUATION =
      WarehouseTable.of("marts.model_evaluation", ModelEvaluation.class);
  public static final WarehouseTable<LtvForecast> LTV_FORECAST =
      WarehouseTable.of("marts.ltv_forecast", LtvForecast.class);
  public static final WarehouseTable<MrrForecast> MRR_FORECAST =
      WarehouseTable.of("marts.mrr_forecast", MrrForecast.class);

  public static final WarehouseTable<WarehouseSetting> WAREHOUSE_SETTINGS =
      WarehouseTable.of("ops.warehouse_settings", WarehouseSetting.class);
  public static final WarehouseTable<QualityResult> QUALITY_RESULTS =
      WarehouseTable.of("ops.quality_results", QualityResult.class);
  public static final WarehouseTable<RunLogEntry> RUN_LOG =
      WarehouseTable.of("ops.run_log", RunLogEntry.class);

  public static final WarehouseTable<Restatement> RESTATEMENTS =
      WarehouseTable.of("ops.restatements", Restatement.class);
  public static final WarehouseTable<FittedModel> MODELS =
      WarehouseTable.of("ops.models", FittedModel.class);
  public static final WarehouseTable<ReceivedDelivery> DELIVERIES =
      WarehouseTable.of("ops.deliveries", ReceivedDelivery.class);
  public static final WarehouseTable<RejectedRecord> REJECTED_RECORDS =
      WarehouseTable.of("ops.rejected_records", RejectedRecord.class);

  public static final WarehouseTable<CustomerTruth> CUSTOMER_TRUTH =
      WarehouseTable.of("truth.customers", CustomerTruth.class);

  private static final ImmutableList<WarehouseTable<?>> ALL =
      ImmutableList.of(
          PRODUCTS,
          PRICES,
          COUPONS,
          DISCOUNTS,
          CUSTOMERS,
          PAYMENT_METHODS,
          SUBSCRIPTIONS,
          INVOICES,
          INVOICE_PAYMENTS,
          PAYMENT_INTENTS,
          CHARGES,
          REFUNDS,
          DISPUTES,
          BALANCE_TRANSACTIONS,
          PAYOUTS,
          EVENTS,
          MARKETING_SPEND,
          GEOGRAPHY,
          FX_RATES,
          HOLIDAYS,
          BENCHMARKS,
          STG_PRODUCTS,
          STG_PRICES,
          STG_COUPONS,
          STG_DISCOUNTS,
          STG_CUSTOMERS,
          STG_PAYMENT_METHODS,
          STG_SUBSCRIPTIONS,
          STG_INVOICES,
          STG_INVOICE_PAYMENTS,
          STG_PAYMENT_INTENTS,
          STG_CHARGES,
          STG_REFUNDS,
          STG_DISPUTES,
          STG_BALANCE_TRANSACTIONS,
          STG_PAYOUTS,
          STG_EVENTS,
          STG_MARKETING_SPEND,
          STG_SUBSCRIPTION_ITEMS,
          STG_INVOICE_LINE_ITEMS,
          SUBSCRIPTION_SPELLS,
          INVOICE_SETTLEMENTS,
          OBJECT_OWNERS,
          CUSTOMER_STATE,
          CUSTOMER_MILESTONES,
          FOLDED_MONTHS,
          DIM_DATE,
          DIM_CUSTOMER,
          DIM_PRODUCT,
          DIM_PRICE,
          DIM_SUBSCRIPTION,
          DIM_GEOGRAPHY,
          DIM_CHANNEL,
          FCT_MRR_MOVEMENTS,
          FCT_SUBSCRIPTION_EVENTS,
          FCT_CUSTOMER_MONTHS,
          FCT_INVOICES,
          FCT_PAYMENTS,
          FCT_REFUNDS,
          FCT_DISPUTES,
          FCT_BALANCE_TRANSACTIONS,
          FCT_MARKETING_SPEND,
          MRR_DAILY,
          MRR_MONTHLY,
          CHURN_MONTHLY,
          RETENTION_COHORTS,
          CUSTOMER_SEGMENTS,
          SEGMENT_MONTHLY,
          TRIAL_FUNNEL,
          UNIT_ECONOMICS_MONTHLY,
          PAYMENT_HEALTH_MONTHLY,
          REFUNDS_DISPUTES_MONTHLY,
          REVENUE_DAILY,
          METRIC_ANOMALIES,
          BENCHMARK_POSITION,
          LIVE_MRR,
          LIVE_PAYMENTS,
          LIVE_FUNNEL,
          CHURN_FEATURES,
          CHURN_RISK,
          MODEL_EVALUATION,
          LTV_FORECAST,
          MRR_FORECAST,
          WAREHOUSE_SETTINGS,
          QUALITY_RESULTS,
          RUN_LOG,
          RESTATEMENTS,
          MODELS,
          DELIVERIES,
          REJECTED_RECORDS,
          CUSTOMER_TRUTH);

  /** All of them, by layer in the order of the data flow. */
  public static ImmutableList<WarehouseTable<?>> all() {
    return ALL;
  }

  /**
   * @param name {@code layer.table}
   * @throws IllegalArgumentException when there is no such table
   */
  public static WarehouseTable<?> named(String name) {
    return ALL.stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no table " + name));
  }

  private Tables() {}
}
