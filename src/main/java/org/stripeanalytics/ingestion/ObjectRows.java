package org.stripeanalytics.ingestion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.ingestion.shapes.CurrentShape;
import org.stripeanalytics.quality.Violation;

/**
 * Makes rows of one object and of those inside it: brings them into today's shape, reads them and
 * holds them to their contracts. Not thread-safe.
 */
final class ObjectRows {
  /** Of the year 9999; Java counts further, no warehouse does. */
  private static final long LAST_SECOND = 253_402_300_799L;

  /** Longer ids are not ids, and are left to the payload. */
  private static final int LONGEST_ID = 255;

  private final ZoneId reportingZone;
  private final Map<WarehouseTable<?>, VersionReader<?>> readers = new HashMap<>();
  private final RepeatedTerms terms = new RepeatedTerms();
  private RecordParser.Output output;

  /**
   * @param reportingZone the zone whose days the versions are of
   */
  ObjectRows(ZoneId reportingZone) {
    this.reportingZone = reportingZone;
  }

  /** Begins a bundle, whose rows do not depend on what was read before. */
  void startBundle() {
    terms.forget();
  }

  /** Where rows go from now on. */
  void writeTo(RecordParser.Output to) {
    this.output = to;
  }

  /**
   * @param livemode that of the event or the object that brought it; null if there is none
   * @param payload the text of the object itself; null if it was not delivered on its own
   */
  void object(
      String type,
      WarehouseTable<?> table,
      ObjectNode object,
      @Nullable JsonNode livemode,
      Occasion occasion,
      @Nullable String payload,
      String json) {
    FormerIds.give(type, object);
    JsonNode mode = object.path("livemode").isBoolean() ? object.get("livemode") : livemode;
    NestedObjects.in(object, new Brought(type, mode, occasion.ofNested()));
    if (payload != null && idOf(object) != null && Deletions.isStub(table, object)) {
      output.row(reader(table).deletion(idOf(object), occasion, payload));
      return;
    }
    if (mode != null) {
      object.set("livemode", mode);
    } else if (!object.hasNonNull("livemode")) {
      object.put("livemode", true);
      if (reader(table).needsMode()) {
        output.notice(
            "Objects of " + table.name() + " that do not say their mode, taken as live",
            String.valueOf(idOf(object)));
      }
    }
    CurrentShape.apply(type, object, occasion.changedAt());
    version(table, object, occasion, payload, json);
    for (ObjectNode former : FormerObjects.in(type, object)) {
      version(
          StripeObjects.tableOf(former.get("object").asText()),
          former,
          occasion.ofNested(),
          null,
          json);
    }
  }

  /** Makes rows of what is inside an object whose own type has no table. */
  void inside(String type, ObjectNode object, @Nullable JsonNode livemode, Occasion occasion) {
    JsonNode mode = object.path("livemode").isBoolean() ? object.get("livemode") : livemode;
    NestedObjects.in(object, new Brought(type, mode, occasion.ofNested()));
  }

  /** Handles what is inside an object. */
  private final class Brought implements NestedObjects.Found {
    private final String outer;
    private final @Nullable JsonNode livemode;
    private final Occasion occasion;

    /**
     * @param outer the type of the object that it is inside of
     */
    Brought(String outer, @Nullable JsonNode livemode, Occasion occasion) {
      this.outer = outer;
      this.livemode = livemode;
      this.occasion = occasion;
    }

    @Override
    public void object(String type, WarehouseTable<?> table, ObjectNode object) {
      if (isPreview(type, "", object)) {
        return;
      }
      if (Deletions.isStub(table, object)) {
        output.row(reader(table).deletion(idOf(object), occasion, object.toString()));
        return;
      }
      Occasion then = occasion;
      if (RepeatedTerms.areOf(type)) {
        if (terms.repeats(type, object)) {
          return;
        }
        then = atCreation(object, occasion);
      }
      if (!object.path("livemode").isBoolean() && livemode != null) {
        object.set("livemode", livemode);
      }
      CurrentShape.apply(type, object, occasion.changedAt());
      nested(table, object, then);
      for (ObjectNode former : FormerObjects.in(type, object)) {
        nested(StripeObjects.tableOf(former.get("object").asText()), former, then);
      }
    }

    @Override
    public void incompleteList(ObjectNode owner, String member, long missing) {
      boolean awaitsParts = ListedParts.isList(owner.path("object").asText(), member);
      if (!awaitsParts && StripeObjects.LISTS_OF_ROWS.contains(member)) {
        output.notice(
            "Lists within objects that are longer than what was delivered of them",
            "%s of %s (%s missing)"
                .formatted(
                    member,
                    owner.path("id").asText(),
                    missing == Pages.SOME ? "some" : String.valueOf(missing)));
      }
    }

    /** What is wrong with it costs no row, because it stays in the payload of the outer object. */
    private void nested(WarehouseTable<?> table, ObjectNode object, Occasion then) {
      try {
        Violation violation = reader(table).read(object, then, null, output::row);
        if (violation != null) {
          unreadable(table, object, violation);
        }
      } catch (UnreadableValueException e) {
        unreadable(table, object, e.violation());
      }
    }

    private void unreadable(WarehouseTable<?> table, ObjectNode object, Violation violation) {
      output.notice(
          "Objects inside a %s that are no rows of %s themselves (%s)"
              .formatted(outer, table.name(), violation.rule().id()),
          idOf(object) + ", because " + violation.message());
    }
  }

  /** What was agreed on holds from its creation on, whenever and wherever it was seen. */
  private Occasion atCreation(ObjectNode object, Occasion seen) {
    long created = seconds(object.path("created"));
    Instant at = Instant.ofEpochSecond(created);
    return created == 0 || at.isAfter(seen.changedAt())
        ? seen
        : seen.at(LocalDate.ofInstant(at, reportingZone), at);
  }

  /**
   * Reads an element of a list that belongs to another object.
   *
   * @param seen when it was delivered
   */
  void part(String type, ObjectNode element, Occasion seen) {
    WarehouseTable<?> owners = ListedParts.ownersOf(type);
    @Nullable String owner = element.path(ListedParts.of(owners).owner()).textValue();
    if (owner == null) {
      output.ignored(type);
      return;
    }
    String json = element.toString();
    Instant created = Instant.ofEpochSecond(seconds(element.path("created")));
    try {
      NestedObjects.in(element, new Brought(type, element.get("livemode"), seen.ofNested()));
      output.row(
          reader(owners)
              .part(
                  owner,
                  element,
                  seen.at(LocalDate.ofInstant(created, reportingZone), created),
                  json));
    } catch (UnreadableValueException e) {
      output.rejected(owners, idOf(element), e.violation(), json);
    }
  }

  /**
   * Reads a row and checks it; false if it was rejected.
   *
   * @param payload the text of the object itself; null if it was not delivered
   * @param json the text that holds the object
   */
  boolean version(
      WarehouseTable<?> table,
      ObjectNode object,
      Occasion occasion,
      @Nullable String payload,
      String json) {
    try {
      Violation violation = reader(table).read(object, occasion, payload, output::row);
      if (violation != null) {
        output.rejected(table, idOf(object), violation, json);
      }
      return violation == null;
    } catch (UnreadableValueException e) {
      output.rejected(table, idOf(object), e.violation(), json);
      return false;
    }
  }

  private VersionReader<?> reader(WarehouseTable<?> table) {
    return readers.computeIfAbsent(
        table,
        absent ->
            VersionReader.of(
                absent,
                (column, value) ->
                    output.notice(
                        "Values that %s.%s had not when its contract was written"
                            .formatted(absent.name(), column),
                        value)));
  }

  /** Zero for what is not a time; the reader of the column says why. */
  static long seconds(JsonNode node) {
    boolean usable =
        node.isIntegralNumber()
            && node.canConvertToLong()
            && Math.abs(node.longValue()) <= LAST_SECOND;
    return usable ? node.longValue() : 0;
  }

  /** A preview shows an invoice that does not exist yet, with an id of its own or none. */
  static boolean isPreview(String type, String eventType, ObjectNode object) {
    return type.equals("invoice")
        && ((eventType.equals("invoice.upcoming") && idOf(object) == null)
            || object.path("id").asText().startsWith("upcoming_in_"));
  }

  static @Nullable String idOf(ObjectNode object) {
    JsonNode id = object.path("id");
    return id.isTextual() && id.textValue().length() <= LONGEST_ID ? id.textValue() : null;
  }
}
