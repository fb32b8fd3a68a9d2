package org.stripeanalytics.extraction;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pace, retries and refusals of single requests, and what is taken from an answer. */
class RequestsTest {
  private static final String EMPTY = "{\"object\":\"list\",\"data\":[],\"has_more\":false}";

  private final MovableClock clock = new MovableClock(Instant.EPOCH);
  private final List<Duration> waits = new ArrayList<>();
  private final Deque<StripeTransport.Reply> replies = new ArrayDeque<>();

  @Test
  void requestsToOneEndpointAreSpreadEvenlyAndDoNotHoldUpOthers() {
    RequestPace pace = new RequestPace(25, 100, clock);

    assertThat(millis(pace, "charges", "charges", "charges"), is(List.of(0L, 40L, 80L)));
    assertThat(millis(pace, "invoices"), is(List.of(30L)));
    clock.advance(Duration.ofMillis(200));
    assertThat(millis(pace, "charges", "invoices"), is(List.of(0L, 10L)));
  }

  private static List<Long> millis(RequestPace pace, String... endpoints) {
    return List.of(endpoints).stream().map(name -> pace.take(name).toMillis()).toList();
  }

  @Test
  void waitsDoubleWithFullJitterAndAreNeverShorterThanAskedFor() throws Exception {
    replies.add(reply(500, ""));
    replies.add(reply(503, ""));
    replies.add(
        new StripeTransport.Reply(429, "", Optional.of(Duration.ofSeconds(3)), Optional.of(true)));
    replies.add(reply(409, ""));
    replies.add(reply(200, EMPTY));

    reader().page("/v1/charges");

    // Half of 0.5, 1, 2 and 4 s.
    assertThat(
        waits.stream().map(Duration::toMillis).filter(wait -> wait > 0).toList(),
        is(List.of(250L, 500L, 3000L + 1000L, 2000L)));
  }

  @Test
  void whatFailsEightTimesIsNamed() {
    for (int i = 0; i < 8; i++) {
      replies.add(reply(500, "{\"error\":{\"message\":\"Sorry\"}}"));
    }

    ExtractionException failed =
        assertThrows(ExtractionException.class, () -> reader().page("/v1/charges?limit=1"));

    assertThat(
        failed.getMessage(),
        is("GET /v1/charges?limit=1 failed 8 times, the last time with: 500 Sorry"));
  }

  @Test
  void anAddressThatNeverAnsweredIsGivenUpSoon() {
    ApiReader nobody =
        new ApiReader(
            path -> {
              throw new IOException("Connection refused");
            },
            new RequestPace(1e6, 1e6, clock),
            clock::advance,
            () -> 0.5);

    assertThat(
        assertThrows(ExtractionException.class, () -> nobody.page("/v1/charges")).getMessage(),
        is("GET /v1/charges failed 3 times, the last time with: Connection refused"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | GET /v1/payouts?limit=1 was refused with 400: No",
        "401 | GET /v1/payouts was refused with 401: No",
        "403 | GET /v1/payouts was refused with 403: No; give the key that permission, or leave the"
            + " type out with --without=payout",
        "404 | GET /v1/payouts was refused with 404: No",
      })
  void everyOtherRefusalEndsTheReadingAndSaysWhy(int status, String message) {
    replies.add(reply(status, "{\"error\":{\"message\":\"No\"}}"));

    assertThat(
        assertThrows(ExtractionException.class, () -> reader().page("/v1/payouts?limit=1"))
            .getMessage(),
        is(message));
  }

  @Test
  void stripesWordOnTryingAgainCounts() {
    replies.add(new StripeTransport.Reply(500, "", Optional.empty(), Optional.of(false)));

    ExtractionException refused =
        assertThrows(ExtractionException.class, () -> reader().page("/v1/charges"));

    assertThat(refused.getMessage(), containsString("was refused with 500"));
  }

  @Test
  void anAnswerThatIsNotAListIsNamed() {
    replies.add(reply(200, "<html>a login page</html>"));

    ExtractionException refused =
        assertThrows(ExtractionException.class, () -> reader().page("/v1/charges"));

    assertThat(
        refused.getMessage(), containsString("GET /v1/charges was not answered with a list"));
  }

  @Test
  void prettyPrintedObjectsBecomeLinesAndKeepEveryOtherCharacter() throws IOException {
    ListPage page =
        ListPage.parse(
            """
            {
              "object": "list",
              "data": [
                {
                  "id": "ch_1",
                  "amount": 10.50,
                  "description": "two\\nlines,  two blanks",
                  "created": 7
                }
              ],
              "has_more": true
            }
            """);

    assertThat(page.hasMore(), is(true));
    assertThat(page.elements().get(0).created(), is(7L));
    assertThat(
        page.elements().get(0).text(),
        is(
            "{\"id\": \"ch_1\",\"amount\": 10.50,"
                + "\"description\": \"two\\nlines,  two blanks\",\"created\": 7}"));
  }

  @Test
  void objectsThatStandWhereAnIdWouldAreTakenOutAndACardOfAnErrorIsNot() throws IOException {
    ListPage page =
        ListPage.parse(
            """
            {"object":"list","has_more":false,"data":[{"id":"pi_1","object":"payment_intent",
             "last_payment_error":{"payment_method":{"id":"pm_0","object":"payment_method"}},
             "payment_method":{"id":"pm_1","object":"payment_method"},
             "discounts":[{"id":"di_1","object":"discount"},"di_2"]}]}
            """);

    assertThat(
        page.elements().get(0).brought().stream().map(ListPage.Brought::text).toList(),
        is(
            List.of(
                "{\"id\":\"pm_1\",\"object\":\"payment_method\"}",
                "{\"id\":\"di_1\",\"object\":\"discount\"}")));
  }

  @Test
  void listsThatGoOnElsewhereAreNamedWithTheirLastElement() throws IOException {
    ListPage page =
        ListPage.parse(
            """
            {"object":"list","has_more":false,"data":[{"id":"evt_1","data":{"object":{"id":"in_1",
             "lines":{"object":"list","data":[{"id":"il_1"},{"id":"il_2","price":{"id":"price_1"}}],
             "has_more":true,"url":"/v1/invoices/in_1/lines"}}}}]}
            """);

    assertThat(
        page.elements().get(0).unfinished(),
        is(List.of(new ListPage.NestedList("/v1/invoices/in_1/lines", "il_2"))));
  }

  private ApiReader reader() {
    return new ApiReader(
        path -> replies.remove(),
        new RequestPace(1e6, 1e6, clock),
        wait -> {
          waits.add(wait);
          clock.advance(wait);
        },
        () -> 0.5);
  }

  private static StripeTransport.Reply reply(int status, String body) {
    return new StripeTransport.Reply(status, body, Optional.empty(), Optional.empty());
  }
}
