package org.stripeanalytics.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Takes out of a row what says who a person is, at every depth and inside JSON text: a catalogue is
 * passed around more freely than the warehouse behind it.
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
          "first_name",
          "last_name",
          "line1",
          "line2",
          "postal_code",
          "ip_address",
          "last4",
          "fingerprint",
          // As delivered, so they may hold any of the others and what nobody foresaw.
          "_payload",
          "payload");
  private static final Pattern EMAIL =
      Pattern.compile("[^\\s\"'<>@]+@[^\\s\"'<>@]+\\.[A-Za-z]{2,}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final boolean ofAPerson;

  private PersonalData(boolean ofAPerson) {
    this.ofAPerson = ofAPerson;
  }

  /**
   * @param names the columns of one record; where one has to do with e-mail or a phone, its {@code
   *     name} is a person's and not a product's
   */
  static PersonalData in(Collection<String> names) {
    return new PersonalData(
        names.stream().anyMatch(name -> name.contains("email") || name.contains("phone")));
  }

  @Nullable Object masked(String name, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return PERSONAL.contains(name) || (ofAPerson && name.equals("name"))
        ? MASK
        : inside(value, false);
  }

  /**
   * @param anyName whether every {@code name} is masked: JSON may be cut down to the fields that
   *     changed, and then a name says nothing of whose it is
   */
  private static @Nullable Object inside(@Nullable Object value, boolean anyName) {
    if (value instanceof String text) {
      return text.startsWith("{") || text.startsWith("[")
          ? json(text)
          : EMAIL.matcher(text).replaceAll(MASK);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> masked = new ArrayList<>();
      list.forEach(item -> masked.add(inside(item, anyName)));
      return masked;
    }
    if (value instanceof Map<?, ?> fields) {
      return fieldsMasked(fields, anyName);
    }
    return value;
  }

  private static Map<String, @Nullable Object> fieldsMasked(Map<?, ?> fields, boolean anyName) {
    PersonalData personal = in(fields.keySet().stream().map(String::valueOf).toList());
    Map<String, @Nullable Object> masked = new LinkedHashMap<>();
    fields.forEach(
        (key, field) -> {
          String name = String.valueOf(key);
          boolean hidden =
              PERSONAL.contains(name) || ((anyName || personal.ofAPerson) && name.equals("name"));
          masked.put(name, field != null && hidden ? MASK : inside(field, anyName));
        });
    return masked;
  }

  private static String json(String text) {
    try {
      return JSON.writeValueAsString(inside(JSON.readValue(text, Object.class), true));
    } catch (JsonProcessingException e) {
      // Text that only begins like JSON cannot be looked into.
      return MASK;
    }
  }
}
