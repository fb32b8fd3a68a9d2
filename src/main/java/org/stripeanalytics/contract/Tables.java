package org.stripeanalytics.contract;

import com.google.common.collect.ImmutableList;
import org.stripeanalytics.model.dimensions.CustomerVersion;
import org.stripeanalytics.model.dimensions.DateRow;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.intermediate.SubscriptionSpell;
import org.stripeanalytics.model.marts.MrrDaily;
import org.stripeanalytics.model.marts.MrrMonthly;
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
import org.stripeanalytics.model.seeds.FxRate;
import org.stripeanalytics.model.seeds.Geography;
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

  public static final WarehouseTable<SubscriptionSpell> SUBSCRIPTION_SPELLS =
      WarehouseTable.of("intermediate.subscription_spells", SubscriptionSpell.class);

  public static final WarehouseTable<DateRow> DIM_DATE =
      WarehouseTable.of("dimensions.dim_date", DateRow.class);
  public static final WarehouseTable<CustomerVersion> DIM_CUSTOMER =
      WarehouseTable.of("dimensions.dim_customer", CustomerVersion.class);

  public static final WarehouseTable<MrrMovement> FCT_MRR_MOVEMENTS =
      WarehouseTable.of("facts.fct_mrr_movements", MrrMovement.class);

  public static final WarehouseTable<MrrDaily> MRR_DAILY =
      WarehouseTable.of("marts.mrr_daily", MrrDaily.class);
  public static final WarehouseTable<MrrMonthly> MRR_MONTHLY =
      WarehouseTable.of("marts.mrr_monthly", MrrMonthly.class);

  public static final WarehouseTable<WarehouseSetting> WAREHOUSE_SETTINGS =
      WarehouseTable.of("ops.warehouse_settings", WarehouseSetting.class);

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
          SUBSCRIPTION_SPELLS,
          DIM_DATE,
          DIM_CUSTOMER,
          FCT_MRR_MOVEMENTS,
          MRR_DAILY,
          MRR_MONTHLY,
          WAREHOUSE_SETTINGS,
          CUSTOMER_TRUTH);

  /** All of them, by layer in the order of the data flow. */
  public static ImmutableList<WarehouseTable<?>> all() {
    return ALL;
  }

  private Tables() {}
}
