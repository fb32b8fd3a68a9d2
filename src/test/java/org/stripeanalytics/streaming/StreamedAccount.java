package org.stripeanalytics.streaming;

import java.time.Instant;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;

/** Webhooks of customers who begin to pay 20 dollars a month, as a stream brings them. */
final class StreamedAccount {
  private TestStream.Builder<String> stream = TestStream.create(StringUtf8Coder.of());

  /** {@code 2024-03-01} or {@code 2024-03-01T10:15}. */
  private static Instant at(String time) {
    return Instant.parse(time.contains("T") ? time + ":00Z" : time + "T00:00:00Z");
  }

  StreamedAccount watermark(String time) {
    stream = stream.advanceWatermarkTo(EventTime.of(at(time)));
    return this;
  }

  StreamedAccount waitMinutes(int minutes) {
    stream = stream.advanceProcessingTime(Duration.standardMinutes(minutes));
    return this;
  }

  /** A subscription that begins, on the plan Starter. */
  StreamedAccount subscribes(String customer, String time) {
    return deliver(
        "evt_sub_" + customer,
        "customer.subscription.created",
        time,
        """
        {"id":"sub_%1$s","object":"subscription","customer":"%1$s","created":%2$d,
         "start_date":%2$d,"status":"active","currency":"usd","livemode":true,
         "collection_method":"charge_automatically","billing_cycle_anchor":%2$d,
         "cancel_at_period_end":false,"metadata":{},"discounts":[],
         "items":{"object":"list","has_more":false,"total_count":1,"data":[
          {"id":"si_%1$s","object":"subscription_item","subscription":"sub_%1$s","created":%2$d,
           "quantity":1,"current_period_start":%2$d,"current_period_end":%3$d,"discounts":[],
           "price":{"id":"price_1","object":"price","product":"prod_starter","currency":"usd",
            "type":"recurring","billing_scheme":"per_unit","unit_amount":2000,"created":1700000000,
            "active":true,"livemode":true,"metadata":{},"recurring":{"interval":"month",
            "interval_count":1,"usage_type":"licensed"}}}]}}
        """
            .formatted(
                customer,
                at(time).getEpochSecond(),
                at(time).plusSeconds(2_600_000).getEpochSecond()));
  }

  /** The customer itself, who lives in Germany. */
  StreamedAccount signsUp(String customer, String time) {
    return deliver(
        "evt_" + customer,
        "customer.created",
        time,
        """
        {"id":"%s","object":"customer","created":%d,"livemode":true,"balance":0,
         "address":{"country":"DE"},"metadata":{}}
        """
            .formatted(customer, at(time).getEpochSecond()));
  }

  StreamedAccount says(String time, String body) {
    stream = stream.addElements(TimestampedValue.of(body, EventTime.of(at(time))));
    return this;
  }

  private StreamedAccount deliver(String id, String type, String time, String object) {
    return says(
        time,
        """
        {"id":"%s","object":"event","type":"%s","livemode":true,"created":%d,
         "api_version":"2025-03-31.basil","pending_webhooks":0,"data":{"object":%s}}
        """
            .formatted(id, type, at(time).getEpochSecond(), object));
  }

  TestStream<String> stream() {
    return stream.advanceWatermarkToInfinity();
  }
}
