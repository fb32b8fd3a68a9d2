package org.stripeanalytics.ingestion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.raw.DeliveryRoute;
import org.stripeanalytics.quality.RejectionRule;
import org.stripeanalytics.quality.Violation;

/**
 * Makes rows of one delivered object. An event becomes a row of {@code raw.events} and a version of
 * its {@code data.object}; a list response, the rows of what it lists; everything else, a version
 * of itself as at the end of the day of extraction. Every record comes to something: rows,
 * rejections, or a name under which it is ignored.
 *
 * <p>An event whose object is of a type that no table holds, or that has no id because it only
 * announces something ({@code invoice.upcoming}), is a row of {@code raw.events} and no more.
 *
 * <p>Not thread-safe; plain Java, so that it can be asked without a pipeline.
 */
final class RecordParser {
  /** Of the year 9999; behind it Java still counts, and no warehouse. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  /** Longer ids are not ids, and are left to the payload. */
  private static final int LONGEST_ID = 255;

  private final ZoneId reportingZone;
  private final LocalDate ingestedOn;
  private final Map<WarehouseTable<?>, VersionReader<?>> readers = new HashMap<>();

  /**
   * @param reportingZone the zone whose days the versions are of
   * @param ingestedOn the day (UTC) of the run, which no event is much later than
   */
  RecordParser(ZoneId reportingZone, LocalDate ingestedOn) {
    this.reportingZone = reportingZone;
    this.ingestedOn = ingestedOn;
  }

  /** Takes what comes of a record, each row and each rejection once. */
  interface Output {
    void row(VersionedRow row);

    /**
     * @param json the text that holds what was rejected: the object, or the event with it
     */
    void rejected(
        @Nullable WarehouseTable<?> table, @Nullable String id, Violation violation, String json);

    /**
     * Takes note of what was delivered, is in order, and is for no table.
     *
     * @param name a type of objects, or {@link StripeObjects#EMPTY_PAGE}
     */
    void ignored(String name);
  }

  /**
   * @param extractedOn the day whose final state a plain object shows
   */
  void parse(String json, @Nullable LocalDate extractedOn, Output output) {
    ObjectNode object;
    try {
      object = StrictJson.object(json);
    } catch (UnreadableValueException e) {
      output.rejected(null, null, e.violation(), json);
      return;
    }
    String type = object.path("object").asText();
    try {
      if (StripeObjects.LISTS.contains(type)) {
        list(type, object, json, extractedOn, output);
      } else if (type.equals(StripeObjects.EVENT)) {
        event(object, json, extractedOn, output);
      } else {
        plain(type, object, json, extractedOn, output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("what was parsed once cannot be parsed again", e);
    }
  }

  private void list(
      String type, ObjectNode list, String json, @Nullable LocalDate extractedOn, Output output)
      throws IOException {
    if (!list.path("data").isArray()) {
      output.rejected(
          null,
          null,
          new Violation(RejectionRule.MISSING_FIELD, "data of a " + type + " is not an array"),
          json);
    } else if (list.path("data").isEmpty()) {
      output.ignored(StripeObjects.EMPTY_PAGE);
    } else {
      for (String element : JsonTexts.elementsOfData(json)) {
        parse(element, extractedOn, output);
      }
    }
  }

  private void event(ObjectNode event, String json, @Nullable LocalDate extractedOn, Output output)
      throws IOException {
    @Nullable String id = idOf(event);
    JsonNode data = event.path("data").path("object");
    if (!(data instanceof ObjectNode object) || !object.path("object").isTextual()) {
      output.rejected(
          Tables.EVENTS,
          id,
          new Violation(RejectionRule.MISSING_FIELD, "data.object is no object with a type"),
          json);
      return;
    }
    String type = object.get("object").asText();
    Map<String, String> texts = JsonTexts.membersOfData(json);
    Instant created = Instant.ofEpochSecond(seconds(event.path("created")));
    LocalDate latest = latestDay(extractedOn);
    if (created.isAfter(endOf(latest))) {
      output.rejected(
          Tables.EVENTS,
          id,
          new Violation(
              RejectionRule.IMPOSSIBLE_TIMESTAMP,
              "created is %s, after %s, the day after the ingestion or that of --extractedOn"
                  .formatted(created, latest)),
          json);
      return;
    }
    Occasion occasion =
        new Occasion(
            LocalDate.ofInstant(created, reportingZone), created, DeliveryRoute.WEBHOOK, id);

    CurrentShape.apply(StripeObjects.EVENT, event);
    event.put("object_type", type);
    event.set("object_id", object.get("id"));
    event.set("customer", type.equals("customer") ? object.get("id") : object.get("customer"));
    event.put("data_object", texts.get("object"));
    event.put("previous_attributes", texts.get("previous_attributes"));
    if (!version(Tables.EVENTS, event, occasion, json, json, output)) {
      // An event that is none says nothing certain of its object.
      return;
    }

    WarehouseTable<?> table = StripeObjects.tableOf(type);
    if (table == null || table.equals(Tables.EVENTS) || announcesOnly(event, object)) {
      return;
    }
    if (event.path("type").asText().endsWith(".deleted")) {
      CurrentShape.delete(type, object);
    }
    object(type, table, object, occasion, texts.get("object"), json, output);
  }

  private void plain(
      String type, ObjectNode object, String json, @Nullable LocalDate extractedOn, Output output) {
    WarehouseTable<?> table = StripeObjects.tableOf(type);
    if (table == null && IgnoredTypes.contains(type)) {
      output.ignored(type);
      return;
    }
    if (table == null) {
      output.rejected(null, idOf(object), unknown(type), json);
      return;
    }
    if (type.equals(StripeObjects.MARKETING_SPEND)) {
      // What was spent on a day is known by the end of that day, if not said otherwise.
      LocalDate spentOn = day(object.path("day"));
      Instant knownAt = endOf(extractedOn == null ? spentOn : extractedOn);
      version(
          table,
          object,
          new Occasion(spentOn, knownAt, DeliveryRoute.JSON, null),
          json,
          json,
          output);
    } else if (extractedOn == null) {
      output.rejected(
          table,
          idOf(object),
          new Violation(
              RejectionRule.MISSING_EXTRACTION_DAY,
              "an object that is no event shows only its final state;"
                  + " say of which day with --extractedOn"),
          json);
    } else if (seconds(object.path("created")) > endOf(extractedOn).getEpochSecond()) {
      output.rejected(
          table,
          idOf(object),
          new Violation(
              RejectionRule.IMPOSSIBLE_TIMESTAMP,
              "created is %s, after %s, the day of which it shows the state"
                  .formatted(Instant.ofEpochSecond(seconds(object.path("created"))), extractedOn)),
          json);
    } else {
      Occasion occasion = new Occasion(extractedOn, endOf(extractedOn), DeliveryRoute.JSON, null);
      object(type, table, object, occasion, json, json, output);
    }
  }

  private void object(
      String type,
      WarehouseTable<?> table,
      ObjectNode object,
      Occasion occasion,
      @Nullable String payload,
      String json,
      Output output) {
    CurrentShape.apply(type, object);
    version(table, object, occasion, payload, json, output);
    for (ObjectNode payment : PaymentsOfInvoices.toldOf(type, object)) {
      version(Tables.INVOICE_PAYMENTS, payment, occasion, null, json, output);
    }
  }

  /**
   * Reads a row and checks it; false if it was rejected.
   *
   * @param payload the text of the object itself; null if it was not delivered
   * @param json the text that holds the object
   */
  private boolean version(
      WarehouseTable<?> table,
      ObjectNode object,
      Occasion occasion,
      @Nullable String payload,
      String json,
      Output output) {
    try {
      VersionReader<?> reader = readers.computeIfAbsent(table, VersionReader::of);
      Violation violation = reader.read(object, occasion, payload, output::row);
      if (violation != null) {
        output.rejected(table, idOf(object), violation, json);
      }
      return violation == null;
    } catch (UnreadableValueException e) {
      output.rejected(table, idOf(object), e.violation(), json);
      return false;
    }
  }

  /**
   * An event cannot be from the future. A day is granted to clocks that differ; whoever simulates a
   * later history says so with the day of extraction.
   */
  private LocalDate latestDay(@Nullable LocalDate extractedOn) {
    LocalDate latest = ingestedOn.plusDays(1);
    return extractedOn != null && extractedOn.isAfter(latest) ? extractedOn : latest;
  }

  /** Stripe's last second of the day: its times have no fractions. */
  private Instant endOf(LocalDate day) {
    return day.plusDays(1).atStartOfDay(reportingZone).toInstant().minusSeconds(1);
  }

  /** Zero for what is no time; the reader of the column says why. */
  private static long seconds(JsonNode node) {
    boolean usable =
        node.isIntegralNumber()
            && node.canConvertToLong()
            && Math.abs(node.longValue()) <= LAST_SECOND;
    return usable ? node.longValue() : 0;
  }

  /** The epoch for what is no day; the reader of the column says why. */
  private static LocalDate day(JsonNode node) {
    try {
      LocalDate day = LocalDate.parse(node.asText());
      return day.isBefore(LocalDate.EPOCH) || day.isAfter(LAST_DAY) ? LocalDate.EPOCH : day;
    } catch (DateTimeParseException e) {
      return LocalDate.EPOCH;
    }
  }

  /** {@code invoice.upcoming} shows an invoice that does not exist yet. */
  private static boolean announcesOnly(ObjectNode event, ObjectNode object) {
    return event.path("type").asText().equals("invoice.upcoming") && !object.has("id");
  }

  private static Violation unknown(String type) {
    return new Violation(
        RejectionRule.UNKNOWN_OBJECT,
        type.equals(StripeObjects.THIN_EVENT)
            ? "a thin event names the object that changed and does not hold it;"
                + " deliver snapshot events, or the object"
            : "object is \"%s\"; there are tables for %s"
                .formatted(type, String.join(", ", StripeObjects.types())));
  }

  private static @Nullable String idOf(ObjectNode object) {
    JsonNode id = object.path("id");
    return id.isTextual() && id.textValue().length() <= LONGEST_ID ? id.textValue() : null;
  }
}
