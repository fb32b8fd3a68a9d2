package org.stripeanalytics.ingestion;

import com.google.common.collect.ImmutableMap;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.raw.InvoiceLine;
import org.stripeanalytics.model.raw.SubscriptionItem;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * Elements of an object's list that Stripe delivers on their own, because the list within the
 * object ends after ten: the items of a subscription, the lines of an invoice.
 *
 * @param column the list
 * @param owner the member of an element that names the object it belongs to
 * @param elementClass the row class of the elements
 */
record ListedParts(String column, String owner, Class<?> elementClass) {
  private static final ImmutableMap<String, ListedParts> BY_TABLE =
      ImmutableMap.of(
          Tables.SUBSCRIPTIONS.name(),
          new ListedParts("items", "subscription", SubscriptionItem.class),
          Tables.INVOICES.name(),
          new ListedParts("lines", "invoice", InvoiceLine.class));

  private static final ImmutableMap<String, WarehouseTable<?>> OWNERS =
      ImmutableMap.of(
          "subscription_item", Tables.SUBSCRIPTIONS,
          "line_item", Tables.INVOICES);

  /**
   * @param missing how many elements the list still lacks
   */
  record Completed<T>(T row, long missing) {}

  /** The list of a table's objects; null if they have none. */
  static @Nullable ListedParts of(WarehouseTable<?> table) {
    return BY_TABLE.get(table.name());
  }

  /** The table whose objects have elements of the type; null if none have. */
  static @Nullable WarehouseTable<?> ownersOf(String type) {
    return OWNERS.get(type);
  }

  /**
   * Whether a member is such a list.
   *
   * @param type of the object that has it
   */
  static boolean isList(String type, String member) {
    WarehouseTable<?> table = StripeObjects.tableOf(type);
    ListedParts parts = table == null ? null : of(table);
    return parts != null && parts.column().equals(member);
  }

  /**
   * Adds to a row the parts that it lacks and that existed by its time.
   *
   * @param state the row before it was decoded
   * @param parts delivered elements of the same object
   */
  <T> Completed<T> complete(
      TableRows<T> table, T row, VersionedRow state, List<VersionedRow> parts) {
    RowCodec<?> codec = table.nested(column);
    List<Object> elements = new ArrayList<>((List<?>) table.get(row, column));
    Set<Object> ids = new HashSet<>();
    elements.forEach(element -> ids.add(id(codec, element)));
    int delivered = elements.size();
    parts.stream()
        .filter(part -> part.getChangedAtMicros() <= state.getChangedAtMicros())
        .map(part -> decode(part.getRow()))
        .sorted(Comparator.comparing(part -> String.valueOf(id(codec, part))))
        .filter(part -> ids.add(id(codec, part)))
        .forEach(elements::add);
    int added = elements.size() - delivered;
    long missing =
        state.getMissing() == Pages.SOME
            ? (added > 0 ? 0 : Pages.SOME)
            : Math.max(0, state.getMissing() - added);
    return new Completed<>(
        added == 0 ? row : table.with(row, ImmutableMap.of(column, List.copyOf(elements))),
        missing);
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Object id(RowCodec<?> codec, Object element) {
    return ((RowCodec<Object>) codec).get(element, codec.schema().indexOf("id"));
  }

  /** An element in the coder of its class. */
  byte[] encode(Object element) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      coder().encode(element, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot encode a part of " + column, e);
    }
    return bytes.toByteArray();
  }

  private Object decode(byte[] encoded) {
    try {
      return coder().decode(new ByteArrayInputStream(encoded));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot decode a part of " + column, e);
    }
  }

  @SuppressWarnings("unchecked")
  private RowCoder<Object> coder() {
    return (RowCoder<Object>) RowCoder.of(elementClass);
  }
}
