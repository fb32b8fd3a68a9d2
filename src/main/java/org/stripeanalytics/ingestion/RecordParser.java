package org.stripeanalytics.ingestion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.ingestion.shapes.CurrentShape;
import org.stripeanalytics.model.ops.ReceivedDelivery;
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
  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  private final ZoneId reportingZone;
  private final LocalDate ingestedOn;
  private final @Nullable String account;
  private final ObjectRows rows;
  private Output output;

  /** When Stripe's API was asked for what is being parsed; null if it came another way. */
  private @Nullable Instant askedAt;

  /**
   * @param reportingZone the zone whose days the versions are of
   * @param ingestedOn the day (UTC) of the run, which no event is much later than
   * @param account the connected account whose objects become rows; null for the platform's own,
   *     whose events name no account
   */
  RecordParser(ZoneId reportingZone, LocalDate ingestedOn, @Nullable String account) {
    this.reportingZone = reportingZone;
    this.ingestedOn = ingestedOn;
    this.account = account;
    this.rows = new ObjectRows(reportingZone);
  }

  /** Takes what comes of a record, each row and each rejection once. */
  interface Output {
    void row(VersionedRow row);

    /** Something to warn of that costs no row. */
    void notice(String subject, String example);

    /**
     * @param json the text that holds what was rejected: the object, or the event with it
     */
    void rejected(
        @Nullable WarehouseTable<?> table, @Nullable String id, Violation violation, String json);

    /** A webhook that the edge received; its body is a record of its own. */
    default void delivered(ReceivedDelivery delivery) {}

    /**
     * Takes note of what was delivered, is in order, and is for no table.
     *
     * @param name a type of objects, {@link StripeObjects#EMPTY_PAGE} or {@link
     *     StripeObjects#PREVIEW}
     */
    void ignored(String name);
  }

  /** Begins a bundle, whose rows do not depend on what was parsed before. */
  void startBundle() {
    rows.startBundle();
  }

  /**
   * The same for what was asked of Stripe's API.
   *
   * @param extractedAt the time whose state a plain object shows
   */
  void parse(String json, Instant extractedAt, Output output) {
    askedAt = extractedAt;
    try {
      parse(json, LocalDate.ofInstant(extractedAt, reportingZone), output);
    } finally {
      askedAt = null;
    }
  }

  /**
   * @param extractedOn the day whose final state a plain object shows
   */
  void parse(String json, @Nullable LocalDate extractedOn, Output to) {
    this.output = to;
    rows.writeTo(to);
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
        list(type, object, json, extractedOn);
      } else if (type.equals(StripeObjects.EVENT)) {
        event(object, json, extractedOn);
      } else {
        plain(type, object, json, extractedOn);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("what was parsed once cannot be parsed again", e);
    }
  }

  private void list(String type, ObjectNode list, String json, @Nullable LocalDate extractedOn)
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

  private void event(ObjectNode event, String json, @Nullable LocalDate extractedOn)
      throws IOException {
    @Nullable String id = ObjectRows.idOf(event);
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
    String eventType = event.path("type").asText();
    Map<String, String> texts = JsonTexts.membersOfData(json);
    Instant created = Instant.ofEpochSecond(ObjectRows.seconds(event.path("created")));
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
            LocalDate.ofInstant(created, reportingZone),
            created,
            DeliveryRoute.WEBHOOK,
            Occasion.Stage.of(eventType),
            texts.get("previous_attributes"),
            false);

    CurrentShape.apply(StripeObjects.EVENT, event, created);
    event.put("object_type", type);
    event.set("object_id", object.get("id"));
    event.set("customer", type.equals("customer") ? object.get("id") : object.get("customer"));
    event.put("data_object", texts.get("object"));
    event.put("previous_attributes", texts.get("previous_attributes"));
    if (!rows.version(Tables.EVENTS, event, occasion, json, json)) {
      // An event that is none says nothing certain of its object.
      return;
    }

    WarehouseTable<?> table = StripeObjects.tableOf(type);
    if (Tables.EVENTS.equals(table) || ObjectRows.isPreview(type, eventType, object)) {
      return;
    }
    @Nullable String owner = event.path("account").textValue();
    if (!Objects.equals(owner, account)) {
      output.notice(
          "Events of "
              + (owner == null ? "the platform itself" : "account " + owner)
              + ", whose objects are kept out",
          id);
      return;
    }
    if (table == null) {
      rows.inside(type, object, event.get("livemode"), occasion);
      return;
    }
    if (occasion.stage() == Occasion.Stage.DELETED) {
      Deletions.mark(table, object);
    }
    rows.object(type, table, object, event.get("livemode"), occasion, texts.get("object"), json);
  }

  private void plain(String type, ObjectNode object, String json, @Nullable LocalDate extractedOn) {
    WarehouseTable<?> table = StripeObjects.tableOf(type);
    if (table == null && ListedParts.ownersOf(type) != null) {
      part(type, object, extractedOn);
    } else if (type.equals(EdgeLines.OBJECT)) {
      EdgeLines.read(object).ifPresent(output::delivered);
      output.ignored(type);
    } else if (table == null && IgnoredTypes.contains(type)) {
      output.ignored(type);
      if (extractedOn != null) {
        rows.inside(type, object, null, Occasion.export(extractedOn, endOf(extractedOn)));
      }
    } else if (table == null) {
      output.rejected(null, ObjectRows.idOf(object), unknown(type), json);
    } else if (type.equals(StripeObjects.MARKETING_SPEND)) {
      // What was spent on a day is known by the end of that day, if not said otherwise.
      LocalDate spentOn = day(object.path("day"));
      Instant knownAt = endOf(extractedOn == null ? spentOn : extractedOn);
      rows.version(table, object, Occasion.export(spentOn, knownAt), json, json);
    } else if (ObjectRows.isPreview(type, "", object)) {
      output.ignored(StripeObjects.PREVIEW);
    } else if (extractedOn == null) {
      output.rejected(
          table,
          ObjectRows.idOf(object),
          new Violation(
              RejectionRule.MISSING_EXTRACTION_DAY,
              "an object that is no event shows only its final state;"
                  + " say of which day with --extractedOn"),
          json);
    } else if (ObjectRows.seconds(object.path("created")) > endOf(extractedOn).getEpochSecond()) {
      output.rejected(
          table,
          ObjectRows.idOf(object),
          new Violation(
              RejectionRule.IMPOSSIBLE_TIMESTAMP,
              "created is %s, after %s, the day of which it shows the state"
                  .formatted(
                      Instant.ofEpochSecond(ObjectRows.seconds(object.path("created"))),
                      extractedOn)),
          json);
    } else {
      rows.object(type, table, object, null, shown(extractedOn), json, json);
    }
  }

  /** An element of a list that was too long for its object; it completes that, on any day. */
  private void part(String type, ObjectNode element, @Nullable LocalDate extractedOn) {
    Instant created = Instant.ofEpochSecond(ObjectRows.seconds(element.path("created")));
    LocalDate day = extractedOn == null ? LocalDate.ofInstant(created, reportingZone) : extractedOn;
    rows.part(
        type, element, extractedOn == null ? Occasion.export(day, created) : shown(extractedOn));
  }

  /** Of a plain object: the second in which Stripe was asked, or else the end of the day. */
  private Occasion shown(LocalDate extractedOn) {
    return askedAt == null
        ? Occasion.export(extractedOn, endOf(extractedOn))
        : Occasion.asked(extractedOn, askedAt);
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

  /** The epoch for what is no day; the reader of the column says why. */
  private static LocalDate day(JsonNode node) {
    try {
      LocalDate day = LocalDate.parse(node.asText());
      return day.isBefore(LocalDate.EPOCH) || day.isAfter(LAST_DAY) ? LocalDate.EPOCH : day;
    } catch (DateTimeParseException e) {
      return LocalDate.EPOCH;
    }
  }

  /**
   * Perhaps misspelt, perhaps added by Stripe since: it is kept, to be replayed by a later version.
   */
  private static Violation unknown(String type) {
    return new Violation(
        RejectionRule.UNKNOWN_OBJECT,
        type.equals(StripeObjects.THIN_EVENT)
            ? "a thin event names the object that changed and does not hold it;"
                + " deliver snapshot events, or the object"
            : "object is \"%s\"; there are tables for %s"
                .formatted(type, String.join(", ", StripeObjects.types())));
  }
}
