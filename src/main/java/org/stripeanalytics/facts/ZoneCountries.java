package org.stripeanalytics.facts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The country that a time zone is of, from {@code zone.tab} and the links of the IANA time zone
 * database 2025b, which is in the public domain. So money spent from an account in São Paulo is of
 * the region of customers in Brazil.
 */
final class ZoneCountries {
  private static final ImmutableMap<String, String> COUNTRIES = read();

  /** The two-letter code; null for a zone of none, such as UTC, and where there is no zone. */
  static @Nullable String of(@Nullable String zone) {
    return zone == null ? null : COUNTRIES.get(zone);
  }

  private static ImmutableMap<String, String> read() {
    try {
      List<String> lines =
          Resources.readLines(
              Resources.getResource(ZoneCountries.class, "zone-countries.csv"), UTF_8);
      ImmutableMap.Builder<String, String> countries = ImmutableMap.builder();
      for (String line : lines.subList(1, lines.size())) {
        List<String> cells = Splitter.on(',').splitToList(line);
        countries.put(cells.get(0), cells.get(1));
      }
      return countries.buildOrThrow();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the countries of time zones", e);
    }
  }

  private ZoneCountries() {}
}
