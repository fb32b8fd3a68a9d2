package org.stripeanalytics.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import java.net.URLDecoder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The parameters of a request. Arrays may be written {@code expand[]} or {@code expand[0]}, as
 * Stripe's clients do; what is in other brackets belongs to the name, such as {@code created[gte]}.
 */
final class Parameters {
  private static final Pattern ARRAY = Pattern.compile("([a-z_]+)\\[\\d*]");
  private static final int MOST = 100;
  private static final int USUAL = 10;

  private final ImmutableListMultimap<String, String> values;

  private Parameters(ImmutableListMultimap<String, String> values) {
    this.values = values;
  }

  static Parameters parse(@Nullable String query) {
    ImmutableListMultimap.Builder<String, String> values = ImmutableListMultimap.builder();
    if (query != null) {
      for (String pair : Splitter.on('&').omitEmptyStrings().split(query)) {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        Matcher array = ARRAY.matcher(name);
        values.put(
            array.matches() ? array.group(1) : name,
            equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return new Parameters(values.build());
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiError.invalid(null, null, "Invalid request: badly encoded parameters");
    }
  }

  ImmutableSet<String> names() {
    return values.keySet();
  }

  ImmutableList<String> all(String name) {
    return values.get(name);
  }

  Optional<String> one(String name) {
    ImmutableList<String> all = values.get(name);
    if (all.size() > 1) {
      throw ApiError.invalid(null, name, "Invalid string: " + all);
    }
    return all.stream().findFirst();
  }

  Optional<Long> whole(String name) {
    return one(name)
        .map(
            text -> {
              try {
                return Long.parseLong(text);
              } catch (NumberFormatException e) {
                throw ApiError.invalid(
                    "parameter_invalid_integer", name, "Invalid integer: " + text);
              }
            });
  }

  /** How many objects a page may have. */
  int limit() {
    long limit = whole("limit").orElse((long) USUAL);
    if (limit < 1) {
      throw ApiError.invalid(
          "parameter_invalid_integer", "limit", "This value must be greater than or equal to 1.");
    }
    if (limit > MOST) {
      throw ApiError.invalid(
          "parameter_invalid_integer", "limit", "This value must be less than or equal to 100.");
    }
    return (int) limit;
  }

  /** Refuses every parameter that an endpoint does not have. */
  void allowOnly(ImmutableSet<String> allowed) {
    for (String name : names()) {
      if (!allowed.contains(name)) {
        throw ApiError.invalid("parameter_unknown", name, "Received unknown parameter: " + name);
      }
    }
  }
}
