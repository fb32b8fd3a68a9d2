package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableBiFunction;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.MappedRead;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Reads what predictions need of the published tables, as facts of a customer; rows of nobody are
 * left out. Bounded, in the global window.
 */
public final class ReadCustomerFacts
    extends PTransform<PBegin, PCollection<KV<String, CustomerFact>>> {
  private final Warehouse warehouse;

  private ReadCustomerFacts(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  public static ReadCustomerFacts from(Warehouse warehouse) {
    return new ReadCustomerFacts(warehouse);
  }

  @Override
  public PCollection<KV<String, CustomerFact>> expand(PBegin begin) {
    return begin.apply(
        "ReadTables",
        warehouse.readAll(
            ImmutableList.of(
                read(
                    Tables.FCT_MRR_MOVEMENTS,
                    RevenueChange.class,
                    RevenueChange::getCustomerId,
                    CustomerFact.Builder::setChange),
                read(
                    Tables.SUBSCRIPTION_SPELLS,
                    SubscriptionPeriod.class,
                    SubscriptionPeriod::getCustomerId,
                    CustomerFact.Builder::setPeriod),
                read(
                    Tables.FCT_INVOICES,
                    Bill.class,
                    Bill::getCustomerId,
                    CustomerFact.Builder::setBill),
                read(
                    Tables.FCT_PAYMENTS,
                    Attempt.class,
                    Attempt::getCustomerId,
                    CustomerFact.Builder::setAttempt),
                read(
                    Tables.PAYMENT_METHODS,
                    SeenCard.class,
                    SeenCard::getCustomer,
                    CustomerFact.Builder::setCard),
                read(
                    Tables.FCT_REFUNDS,
                    Returned.class,
                    refund -> refund.getIsRelease() ? null : refund.getCustomerId(),
                    CustomerFact.Builder::setRefund),
                read(
                    Tables.FCT_DISPUTES,
                    Disputed.class,
                    Disputed::getCustomerId,
                    CustomerFact.Builder::setDispute)),
            KvCoder.of(StringUtf8Coder.of(), RowCoder.of(CustomerFact.class))));
  }

  private static <P> MappedRead<P, KV<String, CustomerFact>> read(
      WarehouseTable<?> table,
      Class<P> columns,
      SerializableFunction<P, @Nullable String> customer,
      SerializableBiFunction<CustomerFact.Builder, P, CustomerFact.Builder> part) {
    return new MappedRead<>(
        TableRead.of(table).as(columns),
        row ->
            Optional.ofNullable(customer.apply(row))
                .map(id -> KV.of(id, part.apply(CustomerFact.builder(), row).build())));
  }
}
