package org.stripeanalytics.ingestion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import com.google.common.base.Splitter;
import java.time.Instant;
import java.util.List;

/** Stripe's JSON for tests: an ordinary object of a type, changed member by member. */
final class StripeObject {
  static final Instant CREATED = Instant.parse("2024-01-05T09:00:00Z");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode object;

  private StripeObject(ObjectNode object) {
    this.object = object;
  }

  static StripeObject aCustomer() {
    return of(
        """
        {"id":"cus_1","object":"customer","balance":0,"created":0,"livemode":true,"metadata":{},
         "email":"zoe@example.com","name":"Zoë","currency":"usd","tax_exempt":"none",
         "invoice_settings":{"default_payment_method":"pm_1"}}
        """);
  }

  static StripeObject anInvoice() {
    return of(
        """
        {"id":"in_1","object":"invoice","customer":"cus_1","created":0,"status":"paid",
         "collection_method":"charge_automatically","currency":"usd","subtotal":2000,"total":2000,
         "amount_due":2000,"amount_paid":2000,"amount_remaining":0,"amount_overpaid":0,
         "starting_balance":0,"attempt_count":1,"attempted":true,"period_start":1704445200,
         "period_end":1704445200,"billing_reason":"subscription_cycle",
         "parent":{"type":"subscription_details","subscription_details":{"subscription":"sub_1"}},
         "status_transitions":{"finalized_at":1704445200,"paid_at":1704445205},
         "lines":{"object":"list","has_more":false,"data":[
          {"id":"il_1","object":"line_item","amount":2000,"subtotal":2000,"currency":"usd",
           "discountable":true,"quantity":1,"discount_amounts":[],
           "period":{"start":1704445200,"end":1707123600},
           "parent":{"type":"subscription_item_details","subscription_item_details":
            {"subscription":"sub_1","subscription_item":"si_1","proration":false}},
           "pricing":{"type":"price_details","unit_amount_decimal":"2000",
            "price_details":{"price":"price_1","product":"prod_1"}}}]},
         "discounts":[],"livemode":true,"metadata":{"channel":"organic"}}
        """);
  }

  static StripeObject aSubscription() {
    return of(
        """
        {"id":"sub_1","object":"subscription","customer":"cus_1","created":0,
         "start_date":1704445200,"status":"active","currency":"usd",
         "collection_method":"charge_automatically","billing_cycle_anchor":1704445200,
         "cancel_at_period_end":false,"livemode":true,"metadata":{},"discounts":[],
         "items":{"object":"list","data":[
          {"id":"si_1","object":"subscription_item","created":1704445200,"quantity":1,
           "current_period_start":1704445200,"current_period_end":1707123600,"discounts":[],
           "price":{"id":"price_1","object":"price","product":"prod_1","currency":"usd",
            "type":"recurring","billing_scheme":"per_unit","unit_amount":2000,
            "recurring":{"interval":"month","interval_count":1,"usage_type":"licensed"}}}]}}
        """);
  }

  static StripeObject aCharge() {
    return of(
        """
        {"id":"ch_1","object":"charge","customer":"cus_1","created":0,"amount":2000,
         "amount_captured":2000,"amount_refunded":0,"currency":"usd","status":"succeeded",
         "paid":true,"captured":true,"refunded":false,"disputed":false,"billing_details":{},
         "payment_intent":"pi_1","livemode":true,"metadata":{}}
        """);
  }

  static StripeObject aRefund() {
    return of(
        """
        {"id":"re_1","object":"refund","created":0,"amount":500,"currency":"usd","charge":"ch_1",
         "status":"succeeded"}
        """);
  }

  static StripeObject aBalanceTransaction() {
    return of(
        """
        {"id":"txn_1","object":"balance_transaction","created":0,"amount":2000,
         "available_on":1704618000,"balance_type":"payments","currency":"usd","fee":88,
         "fee_details":[{"amount":88,"currency":"usd","type":"stripe_fee"}],"net":1912,
         "reporting_category":"charge","status":"pending","type":"charge"}
        """);
  }

  static StripeObject aDay() {
    return of(
        """
        {"object":"marketing_spend","day":"2024-01-05","channel":"paid_search","region":"europe",
         "amount":12345,"currency":"usd"}
        """);
  }

  static StripeObject of(String json) {
    try {
      StripeObject object = new StripeObject((ObjectNode) JSON.readTree(json));
      return object.object.path("created").asInt(-1) == 0 ? object.created(CREATED) : object;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  StripeObject created(Instant instant) {
    object.put("created", instant.getEpochSecond());
    return this;
  }

  StripeObject id(String id) {
    object.put("id", id);
    return this;
  }

  /**
   * @param path members by name and elements by number, as in {@code lines.data.0.currency}
   * @param json the new value
   */
  StripeObject with(String path, String json) {
    try {
      parent(path).set(last(path), JSON.readTree(json));
      return this;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /** The same with the very text of the value, which no reader has to understand. */
  StripeObject withText(String path, String json) {
    parent(path).putRawValue(last(path), new RawValue(json));
    return this;
  }

  StripeObject without(String path) {
    parent(path).remove(last(path));
    return this;
  }

  /** The event that tells of this state. */
  StripeObject event(String id, String type, Instant at) {
    ObjectNode event = JSON.createObjectNode();
    event.put("id", id).put("object", "event").put("type", type);
    event.put("api_version", "2026-07-29.dahlia").put("created", at.getEpochSecond());
    event.putObject("data").set("object", object);
    event.put("livemode", true).put("pending_webhooks", 0).putNull("request");
    return new StripeObject(event);
  }

  /** The event that tells of this state and what it replaced. */
  StripeObject event(String id, String type, Instant at, String previousAttributes) {
    return event(id, type, at).with("data.previous_attributes", previousAttributes);
  }

  String json() {
    return object.toString();
  }

  private ObjectNode parent(String path) {
    JsonNode node = object;
    List<String> names = Splitter.on('.').splitToList(path);
    for (String name : names.subList(0, names.size() - 1)) {
      node = node.isArray() ? node.get(Integer.parseInt(name)) : node.get(name);
    }
    return (ObjectNode) node;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
