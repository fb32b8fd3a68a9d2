package org.stripeanalytics.synthesis.json;

import java.util.HashMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.schema.RowCodec;

/**
 * Renders rows of the raw tables exactly as Stripe's API would return the objects: with every key
 * that may be null. Not for several threads at once.
 */
public final class StripeJson {
  private static final Map<WarehouseTable<?>, String> TYPES =
      Map.ofEntries(
          Map.entry(Tables.PRODUCTS, "product"),
          Map.entry(Tables.PRICES, "price"),
          Map.entry(Tables.COUPONS, "coupon"),
          Map.entry(Tables.DISCOUNTS, "discount"),
          Map.entry(Tables.CUSTOMERS, "customer"),
          Map.entry(Tables.PAYMENT_METHODS, "payment_method"),
          Map.entry(Tables.SUBSCRIPTIONS, "subscription"),
          Map.entry(Tables.INVOICES, "invoice"),
          Map.entry(Tables.INVOICE_PAYMENTS, "invoice_payment"),
          Map.entry(Tables.PAYMENT_INTENTS, "payment_intent"),
          Map.entry(Tables.CHARGES, "charge"),
          Map.entry(Tables.REFUNDS, "refund"),
          Map.entry(Tables.DISPUTES, "dispute"),
          Map.entry(Tables.BALANCE_TRANSACTIONS, "balance_transaction"),
          Map.entry(Tables.PAYOUTS, "payout"),
          Map.entry(Tables.MARKETING_SPEND, "marketing_spend"),
          Map.entry(Tables.TRUTH_CUSTOMERS, "customer_truth"));

  private final Map<WarehouseTable<?>, ObjectWriter> writers = new HashMap<>();
  private final Map<WarehouseTable<?>, Value> customers = new HashMap<>();
  private final JsonBytes buffer = new JsonBytes();

  /**
   * @param constants what is the same in all objects of the account, by its name in the templates
   */
  public StripeJson(Map<String, Object> constants) {
    ObjectTemplates templates = new ObjectTemplates(constants);
    TYPES.forEach(
        (table, type) -> {
          RowCodec<?> row = RowCodec.of(table.rowClass());
          writers.put(table, templates.compile(type, row, null));
          if (table.equals(Tables.CUSTOMERS)) {
            customers.put(table, Value.of("$id", row, null));
          } else if (row.schema().hasField("customer")) {
            customers.put(table, Value.of("$customer", row, null));
          }
        });
  }

  /** Whose object it is: the customer it names, or that it is. */
  public @Nullable String customerOf(WarehouseTable<?> table, Object row) {
    Value customer = customers.get(table);
    return customer == null ? null : (String) customer.in(new Scope(row, null, Related.NOTHING));
  }

  /** What Stripe calls the objects of a table, in their key {@code object}. */
  public static String typeOf(WarehouseTable<?> table) {
    return TYPES.get(table);
  }

  /** Appends the object. */
  public void write(WarehouseTable<?> table, Object row, Related related, JsonBytes out) {
    writers.get(table).write(new Scope(row, null, related), out);
  }

  public RenderedObject render(WarehouseTable<?> table, Object row, Related related) {
    ObjectWriter writer = writers.get(table);
    int[] bounds = new int[2 * writer.members()];
    buffer.clear();
    writer.write(new Scope(row, null, related), buffer, bounds);
    return new RenderedObject(writer, buffer.toByteArray(), bounds);
  }
}
