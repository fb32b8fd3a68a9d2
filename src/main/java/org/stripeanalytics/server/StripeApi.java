package org.stripeanalytics.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Answers requests as Stripe's API does, from an account in memory. Plain Java; for any number of
 * threads at once.
 */
public final class StripeApi {
  private static final ImmutableSet<String> EXPAND = ImmutableSet.of("expand");
  private static final ImmutableSet<String> NESTED =
      ImmutableSet.of("limit", "starting_after", "ending_before", "expand");
  private static final ImmutableMap<String, String> RETRY =
      ImmutableMap.of("Stripe-Should-Retry", "true");
  private static final ImmutableMap<String, String> RETRY_LATER =
      ImmutableMap.of("Stripe-Should-Retry", "true", "Retry-After", "1");

  private final Account account;
  private final ObjectLists lists;
  private final ShownObject shown;
  private final Behavior behavior;
  private final RateLimits limits;
  private final SplittableRandom fate;
  private final LongAdder answered = new LongAdder();

  /**
   * @param clock what rate limits are measured by; the time of the account is its own
   */
  public StripeApi(Account account, Behavior behavior, Clock clock) {
    this.account = account;
    this.lists = new ObjectLists(account);
    this.shown = new ShownObject(account);
    this.behavior = behavior;
    this.limits =
        new RateLimits(behavior.requestsPerSecond(), behavior.overallRequestsPerSecond(), clock);
    this.fate = new SplittableRandom(behavior.seed());
  }

  /** How many requests were answered, refused ones included. */
  public long answered() {
    return answered.sum();
  }

  public ApiAnswer answer(ApiRequest request) {
    answered.increment();
    try {
      String key = authenticated(request.authorization());
      List<String> path = Splitter.on('/').omitEmptyStrings().splitToList(request.path());
      if (!request.method().equals("GET") || path.size() < 2 || !path.get(0).equals("v1")) {
        throw ApiError.unknownUrl(request.method(), request.path());
      }
      limits.admit(endpoint(path));
      fail();
      Parameters parameters = Parameters.parse(request.query());
      return new ApiAnswer(200, ImmutableMap.of(), answer(request, path, parameters, key));
    } catch (ApiError e) {
      return new ApiAnswer(
          e.status(),
          e.status() == 429 ? RETRY_LATER : e.status() == 500 ? RETRY : ImmutableMap.of(),
          ShownObject.bytes(e.json()));
    }
  }

  private byte[] answer(ApiRequest request, List<String> path, Parameters parameters, String key) {
    String name = path.get(1);
    if (name.equals("subscription_items")) {
      permit(key, "subscriptions");
      return subscriptionItems(request, path, parameters);
    }
    Resource resource = Resource.byPath().get(name);
    if (resource == null || path.size() > 4) {
      throw ApiError.unknownUrl(request.method(), request.path());
    }
    if (path.size() == 2) {
      permit(key, name);
      Page<AccountObject> page = lists.page(resource, parameters, Optional.empty());
      return list(page, request.path(), inList(parameters));
    }
    if (path.size() == 3) {
      permit(key, name);
      parameters.allowOnly(EXPAND);
      return retrieved(find(resource, path.get(2), "id"), parameters);
    }
    if (resource == Resource.CUSTOMERS && path.get(3).equals("payment_methods")) {
      permit(key, "payment_methods");
      AccountObject customer = find(resource, path.get(2), "customer");
      Page<AccountObject> page =
          lists.page(Resource.PAYMENT_METHODS, parameters, Optional.of(customer.id()));
      return list(page, request.path(), inList(parameters));
    }
    if (resource == Resource.INVOICES && path.get(3).equals("lines")) {
      permit(key, name);
      return nested(find(resource, path.get(2), "invoice"), "lines", request.path(), parameters);
    }
    throw ApiError.unknownUrl(request.method(), request.path());
  }

  private byte[] subscriptionItems(ApiRequest request, List<String> path, Parameters parameters) {
    if (path.size() != 2) {
      throw ApiError.unknownUrl(request.method(), request.path());
    }
    String subscription =
        parameters
            .one("subscription")
            .orElseThrow(
                () ->
                    ApiError.invalid(
                        "parameter_missing",
                        "subscription",
                        "Missing required param: subscription."));
    return nested(
        find(Resource.SUBSCRIPTIONS, subscription, "subscription"),
        "items",
        request.path(),
        parameters);
  }

  /** A page of a list that stands inside an object. */
  private byte[] nested(AccountObject owner, String member, String url, Parameters parameters) {
    parameters.allowOnly(
        member.equals("items")
            ? ImmutableSet.<String>builder().addAll(NESTED).add("subscription").build()
            : NESTED);
    List<JsonNode> elements = ImmutableList.copyOf(shown.whole(owner).path(member).path("data"));
    int limit = parameters.limit();
    Optional<String> before = parameters.one("ending_before");
    Page<JsonNode> page =
        before.isPresent()
            ? Page.before(
                elements, index(elements, "ending_before", before.get()), limit, any -> true)
            : Page.from(
                elements,
                parameters
                    .one("starting_after")
                    .map(id -> index(elements, "starting_after", id) + 1)
                    .orElse(0),
                limit,
                any -> true);
    List<String> expand = inList(parameters);
    return list(
        page.data().stream().map(element -> shown.of(element, expand)).toList(),
        page.hasMore(),
        url);
  }

  private static int index(List<JsonNode> elements, String parameter, String id) {
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i).path("id").asText().equals(id)) {
        return i;
      }
    }
    throw ApiError.invalid("resource_missing", parameter, "No such object: '%s'".formatted(id));
  }

  private AccountObject find(Resource resource, String id, String param) {
    return account
        .find(id)
        .filter(object -> object.type().equals(resource.type()))
        .filter(
            object ->
                resource != Resource.EVENTS
                    || object.created()
                        >= account.now().minus(ObjectLists.EVENT_RETENTION).getEpochSecond())
        .orElseThrow(
            () ->
                ApiError.missing(
                    param, "No such %s: '%s'".formatted(resource.type().replace('_', ' '), id)));
  }

  private byte[] retrieved(AccountObject object, Parameters parameters) {
    return object.isDeleted(account.now())
        ? "{\"id\":\"%s\",\"object\":\"%s\",\"deleted\":true}"
            .formatted(object.id(), object.type())
            .getBytes(UTF_8)
        : shown.of(object, parameters.all("expand"));
  }

  /** The paths of {@code expand} within each element of a list. */
  private static List<String> inList(Parameters parameters) {
    for (String path : parameters.all("expand")) {
      if (!path.startsWith("data.")) {
        throw ApiError.invalid(
            null,
            "expand",
            "This property cannot be expanded (%s). You may want to try expanding 'data.%s' instead."
                .formatted(path, path));
      }
    }
    return parameters.all("expand").stream().map(path -> path.substring(5)).toList();
  }

  private byte[] list(Page<AccountObject> page, String url, List<String> expand) {
    return list(
        page.data().stream().map(object -> shown.of(object, expand)).toList(), page.hasMore(), url);
  }

  private static byte[] list(List<byte[]> data, boolean hasMore, String url) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    json.writeBytes("{\"object\":\"list\",\"data\":[".getBytes(UTF_8));
    for (int i = 0; i < data.size(); i++) {
      json.writeBytes((i == 0 ? "\n" : ",\n").getBytes(UTF_8));
      json.writeBytes(data.get(i));
    }
    json.writeBytes(
        "],\n\"has_more\":%s,\"url\":\"%s\"}\n".formatted(hasMore, url).getBytes(UTF_8));
    return json.toByteArray();
  }

  /** The key of a caller who is let in. */
  private String authenticated(@Nullable String authorization) {
    String key = key(authorization);
    if (key == null) {
      throw ApiError.unauthorized(
          "You did not provide an API key. You need to provide your API key in the Authorization"
              + " header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').");
    }
    boolean known =
        behavior
            .apiKey()
            .map(key::equals)
            .orElse(key.startsWith("sk_test_") || key.startsWith("rk_test_"));
    if (!known) {
      throw ApiError.unauthorized("Invalid API Key provided: " + masked(key));
    }
    return key;
  }

  private static @Nullable String key(@Nullable String authorization) {
    if (authorization == null) {
      return null;
    }
    if (authorization.startsWith("Bearer ")) {
      return authorization.substring("Bearer ".length()).strip();
    }
    if (!authorization.startsWith("Basic ")) {
      return null;
    }
    try {
      String user =
          new String(Base64.getDecoder().decode(authorization.substring(6).strip()), UTF_8);
      return user.contains(":") ? user.substring(0, user.indexOf(':')) : user;
    } catch (IllegalArgumentException e) {
      throw ApiError.unauthorized("Invalid API Key provided.");
    }
  }

  private static String masked(String key) {
    int shown = Math.min(8, key.length() / 2);
    return key.substring(0, shown) + "*".repeat(key.length() - shown);
  }

  private void permit(String key, String list) {
    if (key.startsWith("rk_") && behavior.forbidden().contains(list)) {
      throw ApiError.forbidden(
          "The provided key '%s' does not have the required permissions for this endpoint. Having"
                  .formatted(masked(key))
              + " the 'rak_%s_read' permission would allow this request to continue."
                  .formatted(Resource.byPath().get(list).type()));
    }
  }

  private synchronized void fail() {
    if (behavior.failures() > 0 && fate.nextDouble() < behavior.failures()) {
      throw fate.nextBoolean()
          ? ApiError.broken()
          : ApiError.tooMany(
              "lock_timeout",
              "This object cannot be accessed right now because another API request or Stripe"
                  + " process is currently accessing it.");
    }
  }

  /** What has a limit of its own: the path with its ids left out. */
  private static String endpoint(List<String> path) {
    return switch (path.size()) {
      case 2 -> path.get(1);
      case 3 -> path.get(1) + "/ID";
      default -> path.get(1) + "/ID/" + path.get(3);
    };
  }
}
