package org.stripeanalytics.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Stripe's rules for the lists of whole objects: what they filter by, and which page is meant. */
final class ObjectLists {
  /** How long Stripe keeps events. */
  static final Duration EVENT_RETENTION = Duration.ofDays(30);

  /** Filters by which a list is looked up instead of walked. */
  private static final ImmutableList<String> INDEXED =
      ImmutableList.of(
          "customer", "charge", "payment_intent", "invoice", "subscription", "source", "product");

  private static final ImmutableSet<String> PAGING =
      ImmutableSet.of("limit", "starting_after", "ending_before", "expand");
  private static final ImmutableSet<String> CREATED =
      ImmutableSet.of("created", "created[gt]", "created[gte]", "created[lt]", "created[lte]");

  private final Account account;

  ObjectLists(Account account) {
    this.account = account;
  }

  /**
   * @param customer whose objects are wanted, such as {@code /v1/customers/ID/payment_methods}
   */
  Page<AccountObject> page(Resource resource, Parameters parameters, Optional<String> customer) {
    ImmutableSet.Builder<String> allowed =
        ImmutableSet.<String>builder().addAll(PAGING).addAll(resource.filters());
    parameters.allowOnly(
        resource.filtersByCreated() ? allowed.addAll(CREATED).build() : allowed.build());
    Instant now = account.now();
    List<AccountObject> candidates =
        between(
            candidates(resource, parameters, customer), Seconds.of(parameters, earliest(resource)));
    Predicate<AccountObject> wanted = filter(resource, parameters, customer, now);
    int limit = parameters.limit();
    Optional<String> after = parameters.one("starting_after");
    Optional<String> before = parameters.one("ending_before");
    if (after.isPresent() && before.isPresent()) {
      throw ApiError.invalid(
          null, "starting_after", "You can only use one of starting_after and ending_before.");
    }
    if (before.isPresent()) {
      int end = firstNotBefore(candidates, position(resource, "ending_before", before.get()));
      return Page.before(candidates, end, limit, wanted);
    }
    int start =
        after
            .map(id -> firstNotBefore(candidates, position(resource, "starting_after", id) + 1))
            .orElse(0);
    return Page.from(candidates, start, limit, wanted);
  }

  private List<AccountObject> candidates(
      Resource resource, Parameters parameters, Optional<String> customer) {
    if (customer.isPresent()) {
      return account.ofType(resource.type(), "customer", customer.get());
    }
    for (String name : INDEXED) {
      if (resource.filters().contains(name) && parameters.one(name).isPresent()) {
        return account.ofType(resource.type(), name, parameters.one(name).get());
      }
    }
    // Stripe lists payment methods of customers only by their customer.
    return resource == Resource.PAYMENT_METHODS
        ? ImmutableList.of()
        : account.ofType(resource.type());
  }

  private long earliest(Resource resource) {
    return resource == Resource.EVENTS
        ? account.now().minus(EVENT_RETENTION).getEpochSecond()
        : Long.MIN_VALUE;
  }

  private static Predicate<AccountObject> filter(
      Resource resource, Parameters parameters, Optional<String> customer, Instant now) {
    Predicate<AccountObject> wanted = object -> object.isThere(now) && !object.isDeleted(now);
    if (customer.isPresent()) {
      wanted = wanted.and(object -> customer.get().equals(object.value("customer", now)));
    }
    for (String name : resource.filters()) {
      Optional<String> value =
          name.equals("types") ? Optional.empty() : parameters.one(name).filter(v -> !v.isEmpty());
      if (value.isPresent() && !(name.equals("status") && value.get().equals("all"))) {
        wanted = wanted.and(matching(resource, name, value.get(), now));
      }
    }
    List<String> types = parameters.all("types");
    if (resource == Resource.EVENTS && !types.isEmpty()) {
      wanted = wanted.and(event -> types.contains(event.value("type", now)));
    }
    if (resource == Resource.SUBSCRIPTIONS && parameters.one("status").isEmpty()) {
      wanted = wanted.and(subscription -> !hasEnded(subscription.value("status", now)));
    }
    return wanted;
  }

  private static Predicate<AccountObject> matching(
      Resource resource, String name, String value, Instant now) {
    if (resource == Resource.SUBSCRIPTIONS && name.equals("status") && value.equals("ended")) {
      return subscription -> hasEnded(subscription.value(name, now));
    }
    if (resource == Resource.EVENTS && value.endsWith("*")) {
      String prefix = value.substring(0, value.length() - 1);
      return event -> event.value(name, now).startsWith(prefix);
    }
    return object -> value.equals(object.value(name, now));
  }

  /** What the list of subscriptions leaves out unless it is asked for. */
  private static boolean hasEnded(String status) {
    return status.equals("canceled") || status.equals("incomplete_expired");
  }

  private int position(Resource resource, String parameter, String id) {
    return account
        .find(id)
        .filter(object -> object.type().equals(resource.type()))
        .map(account::position)
        .orElseThrow(
            () ->
                ApiError.invalid(
                    "resource_missing",
                    parameter,
                    "No such %s: '%s'".formatted(resource.type(), id)));
  }

  /** The first index whose element is at this position of the whole list or after it. */
  private int firstNotBefore(List<AccountObject> sorted, int position) {
    int low = 0;
    int high = sorted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (account.position(sorted.get(middle)) < position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static List<AccountObject> between(List<AccountObject> newestFirst, Seconds seconds) {
    int start = firstOlder(newestFirst, seconds.last());
    int end = firstOlder(newestFirst, seconds.first() - 1);
    return start >= end ? ImmutableList.of() : newestFirst.subList(start, end);
  }

  /** The first index whose element was created in this second or earlier. */
  private static int firstOlder(List<AccountObject> newestFirst, long second) {
    int low = 0;
    int high = newestFirst.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (newestFirst.get(middle).created() > second) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The seconds that {@code created} allows, both included. */
  private record Seconds(long first, long last) {
    private static final long ALL = Long.MAX_VALUE / 2;

    static Seconds of(Parameters parameters, long earliest) {
      long first = Math.max(earliest, -ALL);
      long last = ALL;
      first = Math.max(first, parameters.whole("created[gte]").orElse(-ALL));
      first = Math.max(first, parameters.whole("created[gt]").map(s -> s + 1).orElse(-ALL));
      last = Math.min(last, parameters.whole("created[lte]").orElse(ALL));
      last = Math.min(last, parameters.whole("created[lt]").map(s -> s - 1).orElse(ALL));
      Optional<Long> exactly = parameters.whole("created");
      return exactly.isPresent()
          ? new Seconds(Math.max(first, exactly.get()), Math.min(last, exactly.get()))
          : new Seconds(first, last);
    }
  }
}
