package org.stripeanalytics.report;

import com.google.common.collect.ImmutableSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Takes out of a row what says who a person is, at every depth: a catalogue is passed around more
 * freely than the warehouse behind it.
 */
final class PersonalData {
  static final String MASK = "•••";

  private static final ImmutableSet<String> PERSONAL =
      ImmutableSet.of(
          "email",
          "receipt_email",
          "customer_email",
          "phone",
          "customer_phone",
          "customer_name",
          "line1",
          "line2",
          "postal_code",
          "last4",
          "fingerprint",
          // As delivered, so it may hold any of the others.
          "_payload",
          "payload");
  private static final ImmutableSet<String> MARKS_OF_A_PERSON = ImmutableSet.of("email", "phone");
  private static final Pattern EMAIL =
      Pattern.compile("[^\\s\"'<>@]+@[^\\s\"'<>@]+\\.[A-Za-z]{2,}");

  private final boolean ofAPerson;

  private PersonalData(boolean ofAPerson) {
    this.ofAPerson = ofAPerson;
  }

  /**
   * @param names the columns of one record; where one is an e-mail address or a phone number, its
   *     {@code name} is a person's and not a product's
   */
  static PersonalData in(Collection<String> names) {
    return new PersonalData(names.stream().anyMatch(MARKS_OF_A_PERSON::contains));
  }

  @Nullable Object masked(String name, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return PERSONAL.contains(name) || (ofAPerson && name.equals("name")) ? MASK : inside(value);
  }

  private static Object inside(Object value) {
    if (value instanceof String text) {
      return EMAIL.matcher(text).replaceAll(MASK);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(item -> item == null ? MASK : inside(item)).toList();
    }
    if (value instanceof Map<?, ?> fields) {
      PersonalData personal = in(fields.keySet().stream().map(String::valueOf).toList());
      Map<String, @Nullable Object> masked = new LinkedHashMap<>();
      fields.forEach(
          (name, field) ->
              masked.put(String.valueOf(name), personal.masked(String.valueOf(name), field)));
      return masked;
    }
    return value;
  }
}
