#!/usr/bin/env bash
# google-api-services-bigquery v2-rev20250706-2.0.0: a Table or TableSchema whose fields
# or labels were set with List.of, Stream.toList, Map.of or an unmodifiable view cannot be cloned: clone()
# raises IllegalArgumentException, because it makes a new instance of the very class of the collection. With
# Arrays.asList or ArrayList it works, and so does a resource that was parsed from JSON, so code that passes its
# tests on parsed resources fails on those that a program builds.
# Expected before it was run: a deep copy, whatever the collections are.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cat >"$work/pom.xml" <<'XML'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>com.google.apis</groupId>
      <artifactId>google-api-services-bigquery</artifactId>
      <version>v2-rev20250706-2.0.0</version>
    </dependency>
  </dependencies>
</project>
XML
mvn -B -q -Dstyle.color=never -f "$work/pom.xml" \
  org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory="$work/lib"
cat >"$work/Probe.java" <<'JAVA'
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.model.*;
import java.util.*;

public class Probe {
  static void cloned(String how, TableSchema schema) {
    try {
      System.out.println(how + ": " + schema.clone().getFields().size() + " column");
    } catch (IllegalArgumentException e) {
      System.out.println(how + ": refused");
    }
  }

  public static void main(String[] args) throws Exception {
    TableFieldSchema column = new TableFieldSchema().setName("id").setType("STRING");
    cloned("List.of", new TableSchema().setFields(List.of(column)));
    cloned("Stream.toList", new TableSchema().setFields(List.of(column).stream().toList()));
    cloned("ArrayList", new TableSchema().setFields(new ArrayList<>(List.of(column))));
    cloned(
        "parsed",
        GsonFactory.getDefaultInstance()
            .fromString("{\"fields\":[{\"name\":\"id\",\"type\":\"STRING\"}]}", TableSchema.class));
  }
}
JAVA
seen="$(java -cp "$work/lib/*" "$work/Probe.java")"
expected="List.of: refused
Stream.toList: refused
ArrayList: 1 column
parsed: 1 column"
echo "$seen"
[[ "$seen" == "$expected" ]] || { echo "no longer as found" >&2; exit 1; }
