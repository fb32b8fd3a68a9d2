package org.stripeanalytics.synthesis.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads profiles. A profile of the user's own is laid over the default one, so it holds only what
 * differs; a group of weights is taken whole. Every refusal names the key by its path.
 */
public final class ProfileReader {
  private static final String DEFAULT = "default-profile.yaml";

  /** Maps whose entries only make sense together: giving one replaces all. */
  private static final Set<String> TAKEN_WHOLE =
      Set.of(
          "outcomes",
          "plans",
          "countries",
          "unconverted",
          "feedback",
          "months",
          "behaviors",
          "declines",
          "reasons");

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /** The profile that ships with the product. */
  public static Profile defaults() {
    return bind(defaultTree());
  }

  /**
   * @param yaml what differs from the default
   * @throws IllegalArgumentException when it is no YAML, has an unknown key or a value out of range
   */
  public static Profile overriding(String yaml) {
    ObjectNode tree = defaultTree();
    try {
      JsonNode overrides = YAML.readTree(yaml);
      if (overrides.isObject()) {
        overlay(tree, (ObjectNode) overrides, "");
      } else if (!overrides.isMissingNode() && !overrides.isNull()) {
        throw new IllegalArgumentException("the profile holds no keys");
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the profile is not valid YAML: " + e.getOriginalMessage(), e);
    }
    return bind(tree);
  }

  private static ObjectNode defaultTree() {
    try (InputStream yaml = ProfileReader.class.getResourceAsStream(DEFAULT)) {
      return (ObjectNode) YAML.readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + DEFAULT, e);
    }
  }

  private static void overlay(ObjectNode under, ObjectNode over, String parent) {
    over.fields()
        .forEachRemaining(
            entry -> {
              JsonNode old = under.get(entry.getKey());
              boolean whole =
                  parent.equals("brands")
                      || (!parent.isEmpty() && TAKEN_WHOLE.contains(entry.getKey()));
              if (old instanceof ObjectNode below
                  && entry.getValue() instanceof ObjectNode above
                  && !whole) {
                overlay(below, above, entry.getKey());
              } else {
                under.set(entry.getKey(), entry.getValue());
              }
            });
  }

  private static Profile bind(ObjectNode tree) {
    try {
      Profile profile = YAML.treeToValue(tree, Profile.class);
      ProfileRules.check(profile);
      return profile;
    } catch (UnrecognizedPropertyException e) {
      throw new IllegalArgumentException(
          "unknown profile key " + path(e) + "; known here: " + known(e), e);
    } catch (JsonMappingException e) {
      throw new IllegalArgumentException(
          "profile key " + path(e) + ": " + e.getOriginalMessage(), e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the profile cannot be read: " + e.getMessage(), e);
    }
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."))
        .replace(".[", "[");
  }

  private static String known(UnrecognizedPropertyException e) {
    return e.getKnownPropertyIds().stream()
        .map(Object::toString)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private ProfileReader() {}
}
