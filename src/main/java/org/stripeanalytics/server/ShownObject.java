package org.stripeanalytics.server;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * How Stripe shows an object: lists inside it end after ten elements, some members appear only when
 * they are asked for, and {@code expand} puts objects where their ids are.
 */
final class ShownObject {
  static final int NESTED_PAGE = 10;
  private static final int MOST_LEVELS = 4;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** Members that are left out unless {@code expand} names them. */
  private static final ImmutableSetMultimap<String, String> INCLUDABLE =
      ImmutableSetMultimap.<String, String>builder()
          .put("invoice", "payments")
          .putAll("customer", "subscriptions", "sources")
          .putAll("price", "tiers", "currency_options")
          .put("coupon", "applies_to")
          .build();

  /** Types that have lists inside or members to be asked for; others are copied as they are. */
  private static final List<String> WITH_LISTS =
      List.of("invoice", "subscription", "customer", "price", "coupon");

  private final Account account;

  ShownObject(Account account) {
    this.account = account;
  }

  /** The object with its nested lists uncut. */
  ObjectNode whole(AccountObject object) {
    return parsed(object.json(account.now()));
  }

  /**
   * @param expand paths within the object, without the {@code data} of a list around it
   */
  byte[] of(AccountObject object, List<String> expand) {
    byte[] json = object.json(account.now());
    if (expand.isEmpty() && !WITH_LISTS.contains(object.type())) {
      return json;
    }
    return bytes(shown(parsed(json), expand));
  }

  /** The same for an object in a list inside another. */
  byte[] of(JsonNode element, List<String> expand) {
    return bytes(shown(element.deepCopy(), expand));
  }

  private ObjectNode shown(ObjectNode object, List<String> expand) {
    for (String member : INCLUDABLE.get(object.path("object").asText())) {
      if (expand.stream().noneMatch(path -> first(path).equals(member))) {
        object.remove(member);
      }
    }
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (isList(member.getValue()) && member.getValue().path("data").size() > NESTED_PAGE) {
        cut((ObjectNode) member.getValue());
      }
    }
    for (String path : expand) {
      expand(object, Splitter.on('.').splitToList(path), path, 1);
    }
    return object;
  }

  private static void cut(ObjectNode list) {
    ArrayNode first = JSON.createArrayNode();
    for (int i = 0; i < NESTED_PAGE; i++) {
      first.add(list.path("data").get(i));
    }
    list.set("data", first);
    list.put("has_more", true);
  }

  private void expand(ObjectNode object, List<String> path, String whole, int level) {
    if (level > MOST_LEVELS) {
      throw ApiError.invalid(
          null,
          "expand",
          "You cannot expand more than 4 levels of a property (%s).".formatted(whole));
    }
    String name = path.get(0);
    JsonNode value = object.get(name);
    if (value == null && INCLUDABLE.get(object.path("object").asText()).contains(name)) {
      return;
    }
    if (value == null || value.isNumber() || value.isBoolean()) {
      throw ApiError.invalid(
          null, "expand", "This property cannot be expanded (%s).".formatted(whole));
    }
    List<String> rest = path.subList(1, path.size());
    if (value instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, expanded(array.get(i), rest, whole, level));
      }
    } else {
      object.set(name, expanded(value, rest, whole, level));
    }
  }

  private JsonNode expanded(JsonNode value, List<String> rest, String whole, int level) {
    JsonNode node = value;
    if (value.isTextual()) {
      AccountObject target =
          account
              .find(value.textValue())
              .orElseThrow(
                  () ->
                      ApiError.invalid(
                          null,
                          "expand",
                          "This property cannot be expanded (%s).".formatted(whole)));
      node = shown(whole(target), ImmutableList.of());
    }
    if (!rest.isEmpty() && node instanceof ObjectNode object) {
      // A step into the data of a list does not count as a level.
      expand(object, rest, whole, isList(object) ? level : level + 1);
    }
    return node;
  }

  private static boolean isList(JsonNode node) {
    return node.path("object").asText().equals("list");
  }

  private static String first(String path) {
    int dot = path.indexOf('.');
    return dot < 0 ? path : path.substring(0, dot);
  }

  static byte[] bytes(JsonNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode parsed(byte[] json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("an account holds what is not JSON", e);
    }
  }
}
