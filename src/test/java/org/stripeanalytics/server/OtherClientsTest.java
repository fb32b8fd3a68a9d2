package org.stripeanalytics.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.stripe.StripeClient;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.PermissionException;
import com.stripe.exception.StripeException;
import com.stripe.model.HasId;
import com.stripe.model.StripeCollection;
import com.stripe.param.ChargeListParams;
import com.stripe.param.CouponListParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PayoutListParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.ProductListParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.service.V1Services;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.profile.ProfileReader;

/** Clients that are not ours walk the whole account and get back exactly what it holds. */
class OtherClientsTest {
  private static final String KEY = "sk_test_" + "OtherClients";
  private static final String RESTRICTED_KEY = "rk_test_" + "OtherClients";
  private static final Instant END = Instant.parse("2026-01-01T00:00:00Z");
  private static final Clock CLOCK = Clock.fixed(END, ZoneOffset.UTC);
  private static final Account ACCOUNT = account();

  private static StripeServer server;
  private static StripeServer limited;

  /** Thirty simulated customers, and an invoice of 25 lines. */
  private static Account account() {
    List<AccountObject> objects = new ArrayList<>();
    Account simulated =
        SimulatedStripe.hold(
            new SimulatedAccount(
                ProfileReader.defaults(),
                7,
                30,
                LocalDate.of(2021, 1, 1),
                LocalDate.of(2026, 1, 1),
                ZoneOffset.UTC),
            END,
            CLOCK,
            SimulatedStripe.LateEvents.NONE);
    for (Resource resource : Resource.values()) {
      objects.addAll(simulated.ofType(resource.type()).reverse());
    }
    objects.add(JsonObject.of(invoiceOf(25)));
    return new Account(objects, CLOCK);
  }

  private static String invoiceOf(int lines) {
    List<String> data = new ArrayList<>();
    for (int i = 1; i <= lines; i++) {
      data.add("{'id':'il_%d','object':'line_item'}".formatted(i));
    }
    return "{'id':'in_long','object':'invoice','created':1700000000,'lines':{'object':'list',"
        + "'data':%s,'has_more':false,'url':'/v1/invoices/in_long/lines'}}".formatted(data);
  }

  @BeforeAll
  static void start() throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Behavior open = Behavior.USUAL.withRequestsPerSecond(1e6, 1e6);
    server = StripeServer.start(new StripeApi(ACCOUNT, open, CLOCK), anyPort);
    limited =
        StripeServer.start(
            new StripeApi(
                ACCOUNT,
                open.withForbidden(ImmutableSet.of("payouts")).withFailures(0.3, 5),
                CLOCK),
            anyPort);
  }

  @AfterAll
  static void stop() {
    server.close();
    limited.close();
  }

  @Test
  void stripeJavaWalksEveryListToItsEnd() throws StripeException {
    Map<String, List<String>> walked = walk(client(server, KEY));

    walked.forEach((type, ids) -> assertThat(type, ids, is(idsOf(type))));
    assertThat(walked.get("charge").size(), greaterThan(100));
    assertThat(walked.get("event").size(), greaterThan(20));
  }

  @Test
  void stripeJavaRetriesWhatFailsForNoReasonUntilAllIsThere() throws StripeException {
    assertThat(
        ids(
            client(limited, KEY)
                .v1()
                .charges()
                .list(ChargeListParams.builder().setLimit(100L).build())),
        is(idsOf("charge")));
  }

  @Test
  void stripeJavaKnowsTheErrors() {
    assertThrows(
        AuthenticationException.class, () -> client(limited, "nothing").v1().charges().list());
    assertThrows(
        PermissionException.class, () -> client(limited, RESTRICTED_KEY).v1().payouts().list());
  }

  @Test
  void stripeNodeGetsBackExactlyTheAccount() throws Exception {
    Map<String, JsonNode> walked = new TreeMap<>();
    for (String line : walkWithNode().lines().toList()) {
      JsonNode object = new ObjectMapper().readTree(line);
      walked.put(object.path("id").asText(), object);
    }

    assertThat(walked.remove("il_25").path("object").asText(), is("line_item"));
    walked.keySet().removeIf(id -> id.startsWith("il_"));
    Map<String, JsonNode> expected = whatTheAccountShows();
    assertThat(Maps.difference(walked, expected).toString(), walked.equals(expected), is(true));
  }

  private static String walkWithNode() throws IOException, InterruptedException {
    return StripeNode.run(
        Path.of("src/test/resources/org/stripeanalytics/server/walk.js"),
        server.base().getHost(),
        String.valueOf(server.base().getPort()),
        KEY);
  }

  private static Map<String, JsonNode> whatTheAccountShows() throws IOException {
    Map<String, JsonNode> objects = new TreeMap<>();
    ShownObject shown = new ShownObject(ACCOUNT);
    for (Resource resource : Resource.values()) {
      for (AccountObject object : ACCOUNT.ofType(resource.type())) {
        boolean detached =
            resource == Resource.PAYMENT_METHODS && object.value("customer", END) == null;
        if (!detached) {
          List<String> expand = resource == Resource.INVOICES ? List.of("payments") : List.of();
          objects.put(object.id(), new ObjectMapper().readTree(shown.of(object, expand)));
        }
      }
    }
    return objects;
  }

  private static StripeClient client(StripeServer at, String key) {
    return StripeClient.builder()
        .setApiKey(key)
        .setApiBase(at.base().toString())
        .setMaxNetworkRetries(9)
        .build();
  }

  private static Map<String, List<String>> walk(StripeClient client) throws StripeException {
    V1Services v1 = client.v1();
    Map<String, List<String>> ids = new LinkedHashMap<>();
    ids.put("product", ids(v1.products().list(ProductListParams.builder().setLimit(1L).build())));
    ids.put("price", ids(v1.prices().list(PriceListParams.builder().setLimit(3L).build())));
    ids.put("coupon", ids(v1.coupons().list(CouponListParams.builder().setLimit(1L).build())));
    ids.put(
        "customer", ids(v1.customers().list(CustomerListParams.builder().setLimit(9L).build())));
    ids.put(
        "subscription",
        ids(
            v1.subscriptions()
                .list(
                    SubscriptionListParams.builder()
                        .setLimit(7L)
                        .setStatus(SubscriptionListParams.Status.ALL)
                        .build())));
    ids.put("invoice", ids(v1.invoices().list(InvoiceListParams.builder().setLimit(50L).build())));
    ids.put("payment_intent", ids(v1.paymentIntents().list()));
    ids.put("charge", ids(v1.charges().list(ChargeListParams.builder().setLimit(100L).build())));
    ids.put("refund", ids(v1.refunds().list(RefundListParams.builder().setLimit(1L).build())));
    ids.put("dispute", ids(v1.disputes().list()));
    ids.put("balance_transaction", ids(v1.balanceTransactions().list()));
    ids.put("payout", ids(v1.payouts().list(PayoutListParams.builder().setLimit(100L).build())));
    ids.put("event", ids(v1.events().list()));
    return ids;
  }

  private static <T extends HasId> List<String> ids(StripeCollection<T> list) {
    List<String> ids = new ArrayList<>();
    list.autoPagingIterable().forEach(object -> ids.add(object.getId()));
    return ids;
  }

  private static List<String> idsOf(String type) {
    return ACCOUNT.ofType(type).stream().map(AccountObject::id).toList();
  }
}
