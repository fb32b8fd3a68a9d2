package org.stripeanalytics.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Spoils one object, so that all brackets around it still match. */
final class SpoiltValues {
  /** Types that Stripe has and no table holds: an object of one is to be ignored. */
  static final ImmutableList<String> IGNORED = ImmutableList.of("checkout.session", "file_link");

  private static final ImmutableList<String> NUMBERS =
      ImmutableList.of(
          "1e999999999",
          "-1e999999999",
          "1e-999999999",
          "10e2147483647",
          "1e99999999999",
          "1e-2147483648",
          "\"1e999999999\"",
          "\"1e-999999999\"",
          "9".repeat(400),
          "9".repeat(1200),
          "9223372036854775808",
          "-0",
          "0.1e1",
          "0e999999999",
          "1.50");

  private static final ImmutableList<String> VALUES =
      ImmutableList.of(
          "{}",
          "[]",
          "[[[]]]",
          "\"x\"",
          "\"\"",
          "null",
          "true",
          "1.5",
          "{\"id\":\"x_1\"}",
          "{\"id\":\"x_1\",\"object\":\"customer\"}",
          "{\"id\":{\"id\":\"x_1\"}}",
          "[".repeat(900) + "]".repeat(900),
          "[".repeat(5000) + "]".repeat(5000),
          "\"" + "long ".repeat(1500) + "\"",
          "\"" + "é".repeat(300) + "\"");

  private static final ImmutableList<String> TEXTS =
      ImmutableList.of(
          "\"\\ud83d\"",
          "\"\\udc00x\"",
          "\"\\ud83d\\ud83d\\ude00\"",
          "\"\\ud83d\\ude00\"",
          "\"a\\u0000b\"",
          "\"\\u001f\"",
          "\"quote \\\" brace } bracket ]\"",
          "\"\\u2028\"");

  private static final ImmutableList<String> TIMES =
      ImmutableList.of(
          "0",
          "-1",
          "4102444800",
          "253402300799",
          "253402300800",
          "1704445200000",
          "9223372036854775807",
          "-9223372036854775808",
          "\"2024-01-05\"",
          "1704445200.5");

  private static final ImmutableList<String> METADATA =
      ImmutableList.of(
          "{\"a\":null,\"b\":\"null\"}",
          "{\"a\":{}}",
          "{\"a\":[1]}",
          "{\"a\":1,\"b\":true}",
          "{\"a\":1.50}",
          "{\"a\":\"1\",\"a\":\"2\"}",
          "{\"\":\"\"}",
          "\"none\"");

  private static final ImmutableList<String> TYPES =
      ImmutableList.<String>builder()
          .addAll(IGNORED)
          .add("unicorn", "v2.core.event", "list", "search_result", "event", "")
          .build();

  private static final ImmutableList<String> OTHERS =
      ImmutableList.of(
          "null",
          "17",
          "\"text\"",
          "{}",
          "{\"object\":\"list\"}",
          "{\"object\":\"search_result\",\"data\":{}}",
          "{\"object\":\"event\",\"data\":[]}");

  private final SplittableRandom random;

  SpoiltValues(SplittableRandom random) {
    this.random = random;
  }

  /** The kinds, each with its name for whoever looks for a finding. */
  enum Kind {
    NUMBER,
    VALUE,
    TEXT,
    TIME,
    METADATA,
    TYPE,
    ID,
    DUPLICATE,
    DROPPED,
    RENAMED,
    SWAPPED,
    NO_OBJECT
  }

  /** The spoilt object as text. The object itself is changed. */
  String of(Kind kind, ObjectNode object) {
    return switch (kind) {
      case NUMBER -> with(leaf(object, true), any(NUMBERS), object);
      case VALUE -> with(leaf(object, false), own(any(VALUES)), object);
      case TEXT -> with(leaf(object, false), own(any(TEXTS)), object);
      case TIME -> with(new Leaf(object, "created"), any(TIMES), object);
      case METADATA -> with(new Leaf(subject(object), "metadata"), any(METADATA), object);
      case TYPE -> with(new Leaf(object, "object"), '"' + any(TYPES) + '"', object);
      case ID -> with(new Leaf(subject(object), "id"), own(any(VALUES)), object);
      case DUPLICATE -> duplicate(object);
      case DROPPED -> {
        object.remove(member(object));
        yield object.toString();
      }
      case RENAMED -> {
        String name = member(object);
        object.set("renamed", object.remove(name));
        yield object.toString();
      }
      case SWAPPED -> swapped(object);
      case NO_OBJECT -> any(OTHERS);
    };
  }

  /** A value and where it is; {@code parent} is an object or an array. */
  private record Leaf(JsonNode parent, Object key) {}

  private static String with(Leaf leaf, String json, ObjectNode object) {
    if (leaf.parent() instanceof ObjectNode parent) {
      parent.putRawValue((String) leaf.key(), new RawValue(json));
    } else {
      ((ArrayNode) leaf.parent())
          .set((Integer) leaf.key(), JsonNodeFactory.instance.rawValueNode(new RawValue(json)));
    }
    return object.toString();
  }

  private Leaf leaf(ObjectNode object, boolean numeric) {
    List<Leaf> leaves = new ArrayList<>();
    collect(object, numeric, leaves);
    return leaves.get(random.nextInt(leaves.size()));
  }

  private static void collect(JsonNode node, boolean numeric, List<Leaf> leaves) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        add(new Leaf(object, member.getKey()), member.getValue(), numeric, leaves);
      }
    } else {
      for (int i = 0; i < node.size(); i++) {
        add(new Leaf(node, i), node.get(i), numeric, leaves);
      }
    }
  }

  private static void add(Leaf leaf, JsonNode value, boolean numeric, List<Leaf> leaves) {
    if (!value.isContainerNode() && (value.isNumber() || !numeric)) {
      leaves.add(leaf);
    }
    collect(value, numeric, leaves);
  }

  /** The object of an event, or the object itself. */
  private ObjectNode subject(ObjectNode object) {
    return object.path("data").path("object") instanceof ObjectNode inner && random.nextBoolean()
        ? inner
        : object;
  }

  private String duplicate(ObjectNode object) {
    String name = member(object);
    String value = random.nextBoolean() ? object.get(name).toString() : any(VALUES);
    return "{\"" + name + "\":" + value + "," + object.toString().substring(1);
  }

  private String swapped(ObjectNode object) {
    List<Map.Entry<String, JsonNode>> members = Lists.newArrayList(object.properties());
    for (int i = members.size() - 1; i > 0; i--) {
      Collections.swap(members, i, random.nextInt(i + 1));
    }
    ObjectNode swapped = JsonNodeFactory.instance.objectNode();
    members.forEach(member -> swapped.set(member.getKey(), member.getValue()));
    return swapped.toString();
  }

  private String member(ObjectNode object) {
    List<String> names = Lists.newArrayList(object.fieldNames());
    return names.get(random.nextInt(names.size()));
  }

  /** A text that no other object has: two with one id are one object. */
  private String own(String json) {
    boolean text = json.length() > 2 && json.endsWith("\"");
    return text ? json.substring(0, json.length() - 1) + random.nextInt(1 << 30) + '"' : json;
  }

  private String any(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
