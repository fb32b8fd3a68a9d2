package org.stripeanalytics.ingestion;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableSet;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The types of objects that Stripe has, or had in earlier versions of its API, and that no raw
 * table holds. An export of a whole account contains them; they are counted by name and are no
 * fault of it. A thin event ({@code v2.core.event}) is not among them: it reports a change that is
 * lost with it.
 */
final class IgnoredTypes {
  private static final ImmutableSet<String> TYPES = read();

  static boolean contains(String type) {
    return TYPES.contains(type);
  }

  private static ImmutableSet<String> read() {
    try {
      return ImmutableSet.copyOf(
          Resources.readLines(
              Resources.getResource(IgnoredTypes.class, "types_without_table.txt"), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("types_without_table.txt cannot be read", e);
    }
  }

  private IgnoredTypes() {}
}
