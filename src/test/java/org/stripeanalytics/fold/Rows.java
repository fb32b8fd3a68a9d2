package org.stripeanalytics.fold;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Ownership;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.dimensions.ComputeDimSubscription;
import org.stripeanalytics.dimensions.CustomerVersions;
import org.stripeanalytics.facts.ComputeCustomerMonths;
import org.stripeanalytics.facts.ComputeDisputes;
import org.stripeanalytics.facts.ComputeInvoices;
import org.stripeanalytics.facts.ComputePayments;
import org.stripeanalytics.facts.ComputeRefunds;
import org.stripeanalytics.facts.ComputeSubscriptionEvents;
import org.stripeanalytics.facts.MrrMovements;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.intermediate.ComputeObjectOwners;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.CustomerCheckpoint;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.model.schema.RowCodec;

/** The rows of every per-customer table, published one timeline after the other. */
public final class Rows {
  private final ZoneId zone;
  private final TreeMap<String, Object> byTableAndKey = new TreeMap<>();
  private final Map<Class<?>, WarehouseTable<?>> tables = new HashMap<>();
  private final Map<WarehouseTable<?>, RowCodec<?>> codecs = new HashMap<>();

  public Rows(ZoneId zone) {
    this.zone = zone;
  }

  /** What is published in the end, by table and primary key. */
  public Map<String, Object> published() {
    return byTableAndKey;
  }

  /** What the owners of objects created before a day are. */
  public Map<String, ObjectOwner> ownersBefore(LocalDate day) {
    Map<String, ObjectOwner> owners = new HashMap<>();
    rowsOf(Tables.OBJECT_OWNERS)
        .filter(owner -> owner.getCreatedOn().isBefore(day))
        .forEach(owner -> owners.put(owner.getObjectId(), owner));
    return owners;
  }

  /** The stored states at the ends of months before a day. */
  public List<CustomerCheckpoint> checkpointsBefore(LocalDate day) {
    return rowsOf(Tables.CUSTOMER_STATE).filter(row -> row.getMonth().isBefore(day)).toList();
  }

  private <T> Stream<T> rowsOf(WarehouseTable<T> table) {
    return byTableAndKey.values().stream()
        .filter(table.rowClass()::isInstance)
        .map(table.rowClass()::cast);
  }

  /** As a warehouse does before it puts in the rows of a run: what the run owns gives way. */
  public void forget(DataInterval interval) {
    byTableAndKey.values().removeIf(row -> owns(interval, row));
  }

  public void publish(CustomerTimeline timeline) {
    timeline.getSpells().forEach(row -> publish(Tables.SUBSCRIPTION_SPELLS, row));
    timeline.getSettlements().forEach(row -> publish(Tables.INVOICE_SETTLEMENTS, row));
    timeline.getCheckpoints().forEach(row -> publish(Tables.CUSTOMER_STATE, row));
    if (timeline.getMilestones() != null) {
      publish(Tables.CUSTOMER_MILESTONES, timeline.getMilestones());
    }
    ComputeObjectOwners.rows(timeline, zone).forEach(row -> publish(Tables.OBJECT_OWNERS, row));
    CustomerVersions.of(timeline, zone).forEach(row -> publish(Tables.DIM_CUSTOMER, row));
    ComputeDimSubscription.rows(timeline).forEach(row -> publish(Tables.DIM_SUBSCRIPTION, row));
    MrrMovements.of(timeline, zone).forEach(row -> publish(Tables.FCT_MRR_MOVEMENTS, row));
    ComputeSubscriptionEvents.rows(timeline, zone)
        .forEach(row -> publish(Tables.FCT_SUBSCRIPTION_EVENTS, row));
    ComputeCustomerMonths.rows(timeline, zone)
        .forEach(row -> publish(Tables.FCT_CUSTOMER_MONTHS, row));
    ComputeInvoices.rows(timeline, zone).forEach(row -> publish(Tables.FCT_INVOICES, row));
    ComputePayments.rows(timeline, zone).forEach(row -> publish(Tables.FCT_PAYMENTS, row));
    ComputeRefunds.rows(timeline, zone).forEach(row -> publish(Tables.FCT_REFUNDS, row));
    ComputeDisputes.rows(timeline, zone).forEach(row -> publish(Tables.FCT_DISPUTES, row));
  }

  /** As a warehouse does: a row already there gives way unless it was computed as of later. */
  private <T> void publish(WarehouseTable<T> table, T row) {
    tables.put(table.rowClass(), table);
    String key = table.name() + key(table, row);
    Object there = byTableAndKey.get(key);
    boolean isLatest = table.contract().ownership() == Ownership.LATEST;
    if (there != null && !isLatest) {
      throw new IllegalStateException("published twice: " + row + " and " + there);
    }
    if (there == null || !asOf(table, row).isBefore(asOf(table, table.rowClass().cast(there)))) {
      byTableAndKey.put(key, row);
    }
  }

  private boolean owns(DataInterval interval, Object row) {
    WarehouseTable<?> table = tables.get(row.getClass().getSuperclass());
    Contract contract = table.contract();
    return contract.ownership() == Ownership.LATEST
        ? interval.contains(date(table, row, "_as_of"))
        : interval.contains(date(table, row, contract.partitionColumn().orElseThrow()));
  }

  private <T> LocalDate date(WarehouseTable<T> table, Object row, String column) {
    return LocalDate.ofEpochDay((Long) value(table, table.rowClass().cast(row), column));
  }

  private <T> String key(WarehouseTable<T> table, T row) {
    Function<String, Object> value = column -> value(table, row, column);
    return table.contract().primaryKey().stream().map(value).toList().toString();
  }

  private <T> LocalDate asOf(WarehouseTable<T> table, T row) {
    return date(table, row, "_as_of");
  }

  @SuppressWarnings("unchecked")
  private <T> Object value(WarehouseTable<T> table, T row, String column) {
    RowCodec<T> codec =
        (RowCodec<T>) codecs.computeIfAbsent(table, t -> RowCodec.of(table.rowClass()));
    return codec.get(row, codec.schema().indexOf(column));
  }
}
