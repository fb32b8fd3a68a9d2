package org.stripeanalytics.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.extraction.MovableClock;

class StripeApiTest {
  private static final long DAY = 86_400;
  private static final long NOW = 100 * DAY;

  private final MovableClock clock = new MovableClock(Instant.ofEpochSecond(NOW));
  private Behavior behavior = Behavior.USUAL;

  /** Five charges, one a day; events of two days and of forty days ago; an invoice of 25 lines. */
  private StripeApi api() {
    List<AccountObject> objects = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      objects.add(
          JsonObject.of(
              "{'id':'ch_%d','object':'charge','created':%d,'customer':'cus_%d','amount':100}"
                  .formatted(i, i * DAY, i % 2)));
    }
    objects.add(JsonObject.of("{'id':'cus_0','object':'customer','created':1,'sources':{}}"));
    objects.add(JsonObject.of("{'id':'cus_1','object':'customer','created':2,'deleted':true}"));
    objects.add(subscription("sub_live", "active"));
    objects.add(subscription("sub_over", "canceled"));
    objects.add(JsonObject.of(invoice(25)));
    objects.add(JsonObject.of("{'id':'pm_1','object':'payment_method','customer':'cus_0'}"));
    objects.add(event("evt_old", NOW - 40 * DAY, "charge.failed"));
    objects.add(event("evt_1", NOW - 2 * DAY, "charge.failed"));
    objects.add(event("evt_2", NOW - 2 * DAY, "invoice.paid"));
    return new StripeApi(new Account(objects, clock), behavior, clock);
  }

  private static JsonObject subscription(String id, String status) {
    return JsonObject.of(
        "{'id':'%s','object':'subscription','created':5,'status':'%s'}".formatted(id, status));
  }

  private static JsonObject event(String id, long created, String type) {
    return JsonObject.of(
        "{'id':'%s','object':'event','created':%d,'type':'%s'}".formatted(id, created, type));
  }

  private static String invoice(int lines) {
    List<String> data =
        IntStream.rangeClosed(1, lines)
            .mapToObj("{'id':'il_%d','object':'line_item'}"::formatted)
            .toList();
    return "{'id':'in_1','object':'invoice','created':7,'customer':'cus_0','charge':'ch_2',"
        + "'payments':{'object':'list','data':[]},"
        + "'lines':{'object':'list','has_more':false,'data':%s}}".formatted(data);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/charges            |                                            | ch_5 ch_4 ch_3 ch_2 ch_1",
        "/v1/charges            | limit=2                                    | ch_5 ch_4 more",
        "/v1/charges            | limit=2&starting_after=ch_4                | ch_3 ch_2 more",
        "/v1/charges            | limit=2&starting_after=ch_2                | ch_1",
        "/v1/charges            | limit=2&ending_before=ch_2                 | ch_4 ch_3 more",
        "/v1/charges            | limit=2&ending_before=ch_4                 | ch_5",
        "/v1/charges            | created[gte]=172800&created[lt]=345600     | ch_3 ch_2",
        "/v1/charges            | created[gt]=172800&created[lte]=345600     | ch_4 ch_3",
        "/v1/charges            | created=172800                             | ch_2",
        "/v1/charges            | customer=cus_1&limit=2                     | ch_5 ch_3 more",
        "/v1/charges            | customer=cus_1&limit=2&starting_after=ch_4 | ch_3 ch_1",
        "/v1/customers          |                                            | cus_0",
        "/v1/customers/cus_0/payment_methods |                               | pm_1",
        "/v1/payment_methods    | customer=cus_0                             | pm_1",
        "/v1/payment_methods    |                                            |",
        "/v1/subscriptions      |                                            | sub_live",
        "/v1/subscriptions      | status=all                                 | sub_over sub_live",
        "/v1/subscriptions      | status=canceled                            | sub_over",
        "/v1/events             |                                            | evt_2 evt_1",
        "/v1/events             | types[]=charge.failed&types[]=x            | evt_1",
        "/v1/events             | types[0]=invoice.paid                      | evt_2",
        "/v1/events             | type=invoice.*                             | evt_2",
        "/v1/invoices/in_1/lines| limit=2&starting_after=il_24               | il_25",
        "/v1/invoices/in_1/lines| limit=2&ending_before=il_4                 | il_2 il_3 more",
      })
  void listsFollowStripesRules(String path, String query, String expected) throws IOException {
    JsonNode list = ok(path, query);

    assertThat(
        ids(list) + (list.get("has_more").asBoolean() ? " more" : ""),
        is(expected == null ? "" : expected));
  }

  @Test
  void eventsAreNoLongerThereAfterThirtyDays() {
    assertThat(get(api(), "/v1/events/evt_1", null).status(), is(200));
    assertThat(get(api(), "/v1/events/evt_old", null).status(), is(404));
  }

  @Test
  void listsInsideObjectsEndAfterTenElementsAndSaySo() throws IOException {
    JsonNode lines = ok("/v1/invoices/in_1", null).get("lines");

    assertThat(lines.get("data").size(), is(10));
    assertThat(lines.get("has_more").asBoolean(), is(true));
  }

  @Test
  void someMembersAreThereOnlyWhenTheyAreAskedFor() throws IOException {
    assertThat(ok("/v1/invoices/in_1", null).has("payments"), is(false));
    assertThat(ok("/v1/invoices/in_1", "expand[]=payments").has("payments"), is(true));
  }

  @Test
  void expandPutsObjectsInThePlaceOfTheirIds() throws IOException {
    JsonNode one = ok("/v1/invoices/in_1", "expand[]=charge.customer");
    JsonNode list = ok("/v1/invoices", "expand[0]=data.customer");

    assertThat(one.at("/charge/id").asText(), is("ch_2"));
    assertThat(one.at("/charge/customer/id").asText(), is("cus_0"));
    assertThat(list.at("/data/0/customer/object").asText(), is("customer"));
  }

  @Test
  void aDeletedCustomerIsAStubOfWhatItWas() throws IOException {
    assertThat(
        ok("/v1/customers/cus_1", null).toString(),
        is("{\"id\":\"cus_1\",\"object\":\"customer\",\"deleted\":true}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/charges           | limit=101            | 400 | less than or equal to 100",
        "/v1/charges           | limit=0              | 400 | greater than or equal to 1",
        "/v1/charges           | limit=ten            | 400 | Invalid integer: ten",
        "/v1/charges           | amount=100           | 400 | unknown parameter: amount",
        "/v1/charges           | starting_after=ch_9  | 400 | No such charge: 'ch_9'",
        "/v1/charges           | starting_after=cus_0 | 400 | No such charge: 'cus_0'",
        "/v1/charges           | starting_after=ch_1&ending_before=ch_2 | 400 | only use one",
        "/v1/charges           | expand[]=customer    | 400 | data.customer",
        "/v1/invoices          | expand[]=data.amount | 400 | cannot be expanded (amount)",
        "/v1/payment_methods   | created[gte]=1       | 400 | unknown parameter: created[gte]",
        "/v1/subscription_items|                      | 400 | Missing required param: subscription",
        "/v1/charges/ch_9      |                      | 404 | No such charge: 'ch_9'",
        "/v1/customers/cus_9/payment_methods |        | 404 | No such customer: 'cus_9'",
        "/v1/charge            |                      | 404 | Unrecognized request URL (GET: /v1/charge)",
      })
  void whatCannotBeAnsweredIsRefusedInStripesWords(
      String path, String query, int status, String message) throws IOException {
    ApiAnswer answer = get(api(), path, query);

    assertThat(answer.status(), is(status));
    assertThat(json(answer).at("/error/message").asText(), containsString(message));
    assertThat(json(answer).at("/error/type").asText(), is("invalid_request_error"));
  }

  @ParameterizedTest
  @CsvSource({
    "sk_test_anything, charges, 200",
    "rk_test_anything, charges, 200",
    "rk_test_anything, payouts, 403",
    "sk_test_anything, payouts, 200",
    "pk_test_anything, charges, 401",
  })
  void keysOpenWhatTheyAreFor(String key, String list, int status) {
    behavior = behavior.withForbidden(ImmutableSet.of("payouts"));

    assertThat(api().answer(ApiRequest.get("/v1/" + list, null, key)).status(), is(status));
  }

  @Test
  void withoutAKeyNothingIsAnswered() {
    assertThat(api().answer(new ApiRequest("GET", "/v1/charges", null, null)).status(), is(401));
  }

  @Test
  void anEndpointAnswersSoManyRequestsASecondAndThenSaysWhenToComeBack() {
    behavior = behavior.withRequestsPerSecond(2, 100);
    StripeApi api = api();

    assertThat(statuses(api, 3, "/v1/charges"), contains(200, 200, 429));
    assertThat(statuses(api, 1, "/v1/customers"), contains(200));
    ApiAnswer refused = get(api, "/v1/charges", null);
    assertThat(refused.headers().get("Retry-After"), is("1"));
    assertThat(refused.headers().get("Stripe-Should-Retry"), is("true"));
    clock.advance(Duration.ofSeconds(1));
    assertThat(statuses(api, 3, "/v1/charges"), contains(200, 200, 429));
  }

  @Test
  void allEndpointsTogetherHaveALimitToo() {
    behavior = behavior.withRequestsPerSecond(2, 3);
    StripeApi api = api();

    assertThat(statuses(api, 2, "/v1/charges"), contains(200, 200));
    assertThat(statuses(api, 2, "/v1/customers"), contains(200, 429));
  }

  @Test
  void theSameRequestsFailForTheSameSeed() {
    behavior = behavior.withFailures(0.5, 7).withRequestsPerSecond(1000, 1000);

    List<Integer> first = statuses(api(), 20, "/v1/charges");
    assertThat(statuses(api(), 20, "/v1/charges"), is(first));
    assertThat(ImmutableSet.copyOf(first), is(ImmutableSet.of(200, 429, 500)));
  }

  private static List<Integer> statuses(StripeApi api, int requests, String path) {
    return IntStream.range(0, requests).mapToObj(i -> get(api, path, null).status()).toList();
  }

  private JsonNode ok(String path, String query) throws IOException {
    ApiAnswer answer = get(api(), path, query);
    assertThat(new String(answer.body(), UTF_8), answer.status(), is(200));
    return json(answer);
  }

  private static ApiAnswer get(StripeApi api, String path, String query) {
    return api.answer(ApiRequest.get(path, query, "sk_test_key"));
  }

  private static JsonNode json(ApiAnswer answer) throws IOException {
    return new ObjectMapper().readTree(answer.body());
  }

  private static String ids(JsonNode list) {
    List<String> ids = new ArrayList<>();
    list.get("data").forEach(element -> ids.add(element.get("id").asText()));
    return String.join(" ", ids);
  }
}
