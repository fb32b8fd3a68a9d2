package org.stripeanalytics.pipelines;

import com.google.common.base.CaseFormat;
import java.time.LocalDate;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.raw.Invoice;
import org.stripeanalytics.model.raw.Subscription;
import org.stripeanalytics.staging.FlattenInvoiceLines;
import org.stripeanalytics.staging.FlattenSubscriptionItems;
import org.stripeanalytics.staging.KeepMode;
import org.stripeanalytics.staging.ReadLatest;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.Warehouse;

/** The tables of the layer {@code staging}, for runs that are told to keep them. */
final class StagingTables {
  private final Pipeline pipeline;
  private final Warehouse warehouse;
  private final LocalDate asOf;
  private final boolean livemode;
  private final Publication publication;

  /**
   * @param asOf first day not to look at
   * @param livemode whether live objects are kept, or test-mode ones
   */
  StagingTables(
      Pipeline pipeline,
      Warehouse warehouse,
      LocalDate asOf,
      boolean livemode,
      Publication publication) {
    this.pipeline = pipeline;
    this.warehouse = warehouse;
    this.asOf = asOf;
    this.livemode = livemode;
    this.publication = publication;
  }

  void load() {
    load(Tables.PRODUCTS, Tables.STG_PRODUCTS);
    load(Tables.PRICES, Tables.STG_PRICES);
    load(Tables.COUPONS, Tables.STG_COUPONS);
    load(Tables.DISCOUNTS, Tables.STG_DISCOUNTS);
    load(Tables.CUSTOMERS, Tables.STG_CUSTOMERS);
    load(Tables.PAYMENT_METHODS, Tables.STG_PAYMENT_METHODS);
    load(Tables.INVOICE_PAYMENTS, Tables.STG_INVOICE_PAYMENTS);
    load(Tables.PAYMENT_INTENTS, Tables.STG_PAYMENT_INTENTS);
    load(Tables.CHARGES, Tables.STG_CHARGES);
    load(Tables.REFUNDS, Tables.STG_REFUNDS);
    load(Tables.DISPUTES, Tables.STG_DISPUTES);
    load(Tables.BALANCE_TRANSACTIONS, Tables.STG_BALANCE_TRANSACTIONS);
    load(Tables.PAYOUTS, Tables.STG_PAYOUTS);
    load(Tables.EVENTS, Tables.STG_EVENTS);
    load(Tables.MARKETING_SPEND, Tables.STG_MARKETING_SPEND);
    PCollection<Subscription> subscriptions = load(Tables.SUBSCRIPTIONS, Tables.STG_SUBSCRIPTIONS);
    subscriptions
        .apply("FlattenSubscriptionItems", FlattenSubscriptionItems.create())
        .apply("LoadStgSubscriptionItems", publication.load(Tables.STG_SUBSCRIPTION_ITEMS));
    PCollection<Invoice> invoices = load(Tables.INVOICES, Tables.STG_INVOICES);
    invoices
        .apply("FlattenInvoiceLines", FlattenInvoiceLines.create())
        .apply("LoadStgInvoiceLineItems", publication.load(Tables.STG_INVOICE_LINE_ITEMS));
  }

  private <T> PCollection<T> load(WarehouseTable<T> raw, WarehouseTable<T> staged) {
    String name = CaseFormat.LOWER_UNDERSCORE.to(CaseFormat.UPPER_CAMEL, staged.contract().table());
    PCollection<T> rows =
        pipeline
            .apply("Latest" + name, ReadLatest.of(warehouse, raw, asOf))
            .apply("KeepMode" + name, KeepMode.of(raw.rowClass(), livemode));
    rows.apply("Load" + name, publication.load(staged));
    return rows;
  }
}
