package org.stripeanalytics.synthesis;

import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.raw.Event;
import org.stripeanalytics.synthesis.history.Journal;
import org.stripeanalytics.synthesis.history.Snapshot;
import org.stripeanalytics.synthesis.json.JsonBytes;
import org.stripeanalytics.synthesis.json.RenderedObject;
import org.stripeanalytics.synthesis.json.StripeJson;

/**
 * An event by which Stripe reports a change, as a row or as JSON; the objects inside are rendered
 * already, and JSON copies them.
 *
 * @param object as of the event
 * @param before the object before an update; null for other events
 */
record Announcement(
    String id,
    String type,
    Snapshot<?> snapshot,
    @Nullable String customer,
    RenderedObject object,
    @Nullable RenderedObject before) {
  private static final String API_VERSION = "2026-07-29.dahlia";

  Event row() {
    return Event.builder()
        .setId(id)
        .setCreated(snapshot.at())
        .setType(type)
        .setApiVersion(API_VERSION)
        .setObjectType(StripeJson.typeOf(table()))
        .setObjectId(snapshot.id())
        .setCustomer(customer)
        .setDataObject(object.toString())
        .setPreviousAttributes(before == null ? null : previousAttributes(before))
        .setPendingWebhooks(0L)
        .setLivemode(true)
        .setSnapshotDate(snapshot.day())
        .setChangedAt(snapshot.at())
        .setSource(Journal.SOURCE)
        .build();
  }

  void writeTo(JsonBytes json) {
    json.raw("{\"id\":\"").raw(id).raw("\",\"object\":\"event\",\"api_version\":\"");
    json.raw(API_VERSION).raw("\",\"created\":").raw(Long.toString(snapshot.at().getEpochSecond()));
    json.raw(",\"data\":{\"object\":");
    object.appendTo(json);
    if (before != null) {
      json.raw(",\"previous_attributes\":");
      before.previousAttributes(object, json);
    }
    json.raw("},\"livemode\":true,\"pending_webhooks\":0,\"request\":null,\"type\":\"");
    json.raw(type).raw("\"}");
  }

  private String previousAttributes(RenderedObject replaced) {
    JsonBytes json = new JsonBytes();
    replaced.previousAttributes(object, json);
    return json.toString();
  }

  private WarehouseTable<?> table() {
    return snapshot.table();
  }
}
