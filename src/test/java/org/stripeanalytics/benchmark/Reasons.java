package org.stripeanalytics.benchmark;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Why targets are missed, by their ids, as a person wrote it down in {@code reasons.yaml}. */
record Reasons(Map<String, String> byTarget) {
  private static final YAMLMapper YAML = new YAMLMapper();

  static Reasons read(Path file) throws IOException {
    Map<String, String> reasons =
        YAML.readValue(Files.readString(file), new TypeReference<Map<String, String>>() {});
    return new Reasons(reasons == null ? Map.of() : reasons);
  }

  String of(Target target) {
    return byTarget.getOrDefault(target.id(), "not explained yet").strip();
  }
}
