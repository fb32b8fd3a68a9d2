package org.stripeanalytics.ingestion;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.ingestion.shapes.CurrentShape;
import org.stripeanalytics.model.raw.InvoiceLine;
import org.stripeanalytics.model.raw.SubscriptionItem;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.model.schema.RowCodec;

/**
 * Elements of an object's list that Stripe delivers on their own, because the list within the
 * object ends after ten: the items of a subscription, the lines of an invoice.
 *
 * @param column the list
 * @param type of an element
 * @param owner the member of an element that names the object it belongs to
 * @param elementClass the row class of the elements
 */
record ListedParts(String column, String type, String owner, Class<?> elementClass) {
  /** The column that says how many elements a row lacks. */
  static final String MISSING = "_missing_parts";

  private static final ImmutableMap<String, ListedParts> BY_TABLE =
      ImmutableMap.of(
          Tables.SUBSCRIPTIONS.name(),
          new ListedParts("items", "subscription_item", "subscription", SubscriptionItem.class),
          Tables.INVOICES.name(),
          new ListedParts("lines", "line_item", "invoice", InvoiceLine.class));

  private static final ImmutableMap<String, WarehouseTable<?>> OWNERS =
      ImmutableMap.of(
          "subscription_item", Tables.SUBSCRIPTIONS,
          "line_item", Tables.INVOICES);

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
   * The same row with the elements that its list lacks and that existed by its time: those that
   * were delivered on their own, and as long as there are too few, those by which the list went on
   * in other states of the object. An element that stood before the last one delivered is not among
   * these: the list would show it if it were still there.
   *
   * @param missing how many elements the list lacks, or {@link Pages#SOME}
   * @param delivered elements of the same object
   * @param others the same object at other times, the most similar one first
   */
  <T> T complete(
      TableRows<T> table, T row, long missing, List<VersionedRow> delivered, List<T> others) {
    RowCodec<?> codec = table.nested(column);
    long changedAt = (Long) table.get(row, "_changed_at");
    List<Object> elements = new ArrayList<>((List<?>) table.get(row, column));
    Set<Object> ids = new HashSet<>();
    elements.forEach(element -> ids.add(id(codec, element)));
    List<Object> added = new ArrayList<>();
    delivered.stream()
        .filter(part -> part.getChangedAtMicros() <= changedAt)
        .map(part -> read(new String(part.getRow(), UTF_8), changedAt))
        .filter(part -> ids.add(id(codec, part)))
        .forEach(added::add);
    for (T other : others) {
      for (Object element : after(ids, (List<?>) table.get(other, column), codec)) {
        if ((missing == Pages.SOME || added.size() < missing)
            && createdMicros(codec, element) <= changedAt) {
          ids.add(id(codec, element));
          added.add(element);
        }
      }
    }
    added.sort(Comparator.comparing(part -> String.valueOf(id(codec, part))));
    elements.addAll(added);
    boolean whole = missing == Pages.SOME ? !added.isEmpty() : added.size() >= missing;
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put(column, List.copyOf(elements));
    values.put(MISSING, whole ? null : missing == Pages.SOME ? missing : missing - added.size());
    return table.with(row, values);
  }

  /** The elements after the last one that is known, by id. */
  private static List<Object> after(Set<Object> ids, List<?> elements, RowCodec<?> codec) {
    Map<Object, Object> after = new LinkedHashMap<>();
    for (Object element : elements) {
      Object id = id(codec, element);
      if (ids.contains(id)) {
        after.clear();
      } else {
        after.put(id, element);
      }
    }
    return List.copyOf(after.values());
  }

  /** How many elements a row lacks; 0 if none. */
  static <T> long missing(TableRows<T> table, T row) {
    Long missing = (Long) table.get(row, MISSING);
    return missing == null ? 0 : missing;
  }

  private static @Nullable Object id(RowCodec<?> codec, Object element) {
    return get(codec, element, "id");
  }

  /** When an element came to be; the lines of an invoice do not say, and never change. */
  private static long createdMicros(RowCodec<?> codec, Object element) {
    return codec.schema().hasField("created")
        ? (Long) get(codec, element, "created")
        : Long.MIN_VALUE;
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Object get(RowCodec<?> codec, Object element, String column) {
    return ((RowCodec<Object>) codec).get(element, codec.schema().indexOf(column));
  }

  /**
   * An element that has been read before.
   *
   * @param changedAtMicros when its owner was in the state that it belongs to
   */
  private Object read(String json, long changedAtMicros) {
    try {
      return read(StrictJson.object(json), EpochMicros.toInstant(changedAtMicros));
    } catch (UnreadableValueException e) {
      throw new IllegalArgumentException("what was read once cannot be read again", e);
    }
  }

  /**
   * @throws UnreadableValueException when it is not an element of the list
   */
  Object read(ObjectNode element, Instant seenAt) throws UnreadableValueException {
    CurrentShape.apply(type, element, seenAt);
    return RowReader.of(elementClass).read(element, Map.of());
  }
}
