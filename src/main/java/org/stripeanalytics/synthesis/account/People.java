package org.stripeanalytics.synthesis.account;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import net.datafaker.Faker;
import org.stripeanalytics.model.raw.Address;
import org.stripeanalytics.synthesis.chance.RandomStream;

/**
 * The names and addresses of a country's customers. Datafaker is slow per call, so each country's
 * tables are built once per process, always the same, and customers pick from them by their own
 * streams.
 */
public final class People {
  private static final int TABLE_SIZE = 250;
  private static final long TABLE_SEED = 20210101;
  private static final String[] MAIL_DOMAINS = {
    "example.com", "example.net", "example.org", "mail.example.com", "post.example.org"
  };
  private static final Map<String, Locale> LOCALES =
      Map.ofEntries(
          Map.entry("US", Locale.US),
          Map.entry("CA", Locale.CANADA),
          Map.entry("MX", new Locale("es", "MX")),
          Map.entry("GB", Locale.UK),
          Map.entry("DE", Locale.GERMANY),
          Map.entry("FR", Locale.FRANCE),
          Map.entry("NL", new Locale("nl", "NL")),
          Map.entry("ES", new Locale("es", "ES")),
          Map.entry("IT", Locale.ITALY),
          Map.entry("SE", new Locale("sv", "SE")),
          Map.entry("CH", new Locale("de", "CH")),
          Map.entry("AU", new Locale("en", "AU")),
          Map.entry("JP", Locale.JAPAN),
          Map.entry("SG", new Locale("en", "SG")),
          Map.entry("HK", new Locale("en", "HK")),
          Map.entry("NZ", new Locale("en", "NZ")),
          Map.entry("IN", new Locale("en", "IN")));
  private static final Map<String, String> CALLING_CODES =
      Map.ofEntries(
          Map.entry("US", "1"),
          Map.entry("CA", "1"),
          Map.entry("MX", "52"),
          Map.entry("GB", "44"),
          Map.entry("DE", "49"),
          Map.entry("FR", "33"),
          Map.entry("NL", "31"),
          Map.entry("ES", "34"),
          Map.entry("IT", "39"),
          Map.entry("SE", "46"),
          Map.entry("CH", "41"),
          Map.entry("AU", "61"),
          Map.entry("JP", "81"),
          Map.entry("SG", "65"),
          Map.entry("HK", "852"),
          Map.entry("NZ", "64"),
          Map.entry("IN", "91"));
  private static final int PHONE_DIGITS = 10;

  /** Where addresses name the state, and Datafaker knows the right ones. */
  private static final Set<String> WITH_STATES = Set.of("US", "CA", "MX", "AU", "JP", "IN", "DE");

  private static final Map<String, People> BY_COUNTRY = new ConcurrentHashMap<>();

  private final String country;
  private final Locale locale;
  private final String[] firstNames;
  private final String[] lastNames;
  private final String[] cities;
  private final String[] states;
  private final String[] postcodes;
  private final String[] streets;

  private People(String country) {
    this.country = country;
    this.locale = LOCALES.getOrDefault(country, Locale.US);
    // The same names for every account; its own seed chooses among them.
    Faker faker = new Faker(locale, new Random(TABLE_SEED));
    firstNames = table(() -> faker.name().firstName());
    lastNames = table(() -> faker.name().lastName());
    cities = table(() -> faker.address().city());
    states = table(() -> faker.address().state());
    postcodes = table(() -> faker.address().postcode());
    streets = table(() -> faker.address().streetName());
  }

  /** Countries without a table of their own have the names of the United States. */
  public static People of(String country) {
    return BY_COUNTRY.computeIfAbsent(country, People::new);
  }

  public Person pick(RandomStream stream) {
    String first = pick(firstNames, stream);
    String last = pick(lastNames, stream);
    Address address =
        Address.builder()
            .setCountry(country)
            .setCity(pick(cities, stream))
            .setState(WITH_STATES.contains(country) ? pick(states, stream) : null)
            .setPostalCode(pick(postcodes, stream))
            .setLine1(pick(streets, stream) + " " + stream.between(1, 240))
            .build();
    String email = email(first, last, stream);
    return new Person(first + " " + last, email, phone(stream), locale.toLanguageTag(), address);
  }

  private static String email(String first, String last, RandomStream stream) {
    String name = ascii(first) + "." + ascii(last);
    String local = name.length() < 3 ? "user" : name;
    return local
        + stream.between(1, 9_999)
        + "@"
        + MAIL_DOMAINS[stream.nextInt(MAIL_DOMAINS.length)];
  }

  /** In E.164, as Stripe keeps it. */
  private String phone(RandomStream stream) {
    StringBuilder digits = new StringBuilder("+");
    digits.append(CALLING_CODES.getOrDefault(country, "1")).append(stream.between(2, 9));
    for (int i = 1; i < PHONE_DIGITS; i++) {
      digits.append(stream.nextInt(10));
    }
    return digits.toString();
  }

  private static String ascii(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFD)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z]", "");
  }

  private static String pick(String[] table, RandomStream stream) {
    return table[stream.nextInt(table.length)];
  }

  private static String[] table(Supplier<String> value) {
    String[] table = new String[TABLE_SIZE];
    for (int i = 0; i < TABLE_SIZE; i++) {
      table[i] = value.get();
    }
    return table;
  }
}
