#!/usr/bin/env bash
# PreparedModify of zetasql-client 2025.09.1 executes DELETE over rows in memory and answers with the rows
# that went, by their primary key. It reads the values of the key as if they were the table's first columns.
# For a table (id, created, day) whose key is (id, day) it takes the type of `created` for the value of
# `day`, and fails after the statement was executed. Without a primary key it answers with a row for each that went, in which both key and content are empty, so that
# nobody can say which. Whoever runs DELETE this way has to put the columns of the key first.
# Expected before it was run: the key's values in each case, or the whole row where there is no key.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
{
  echo '<project><modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId>'
  echo '<version>1</version><dependencies>'
  for artifact in com.google.zetasql:zetasql-client:2025.09.1 com.google.zetasql:zetasql-types:2025.09.1 \
    com.google.zetasql:zetasql-jni-channel:2025.09.1 com.google.protobuf:protobuf-java:4.33.2 \
    org.slf4j:slf4j-nop:2.0.17; do
    IFS=: read -r group name version <<<"$artifact"
    echo "<dependency><groupId>$group</groupId><artifactId>$name</artifactId><version>$version</version></dependency>"
  done
  echo '</dependencies></project>'
} >"$work/pom.xml"
mvn -B -q -Dstyle.color=never -f "$work/pom.xml" \
  org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory="$work/lib"
cat >"$work/Probe.java" <<'JAVA'
import com.google.zetasql.*;
import com.google.zetasql.ZetaSQLType.TypeKind;
import java.util.*;

public class Probe {
  static final Type STRING = TypeFactory.createSimpleType(TypeKind.TYPE_STRING);
  static final Type TIMESTAMP = TypeFactory.createSimpleType(TypeKind.TYPE_TIMESTAMP);
  static final Type DATE = TypeFactory.createSimpleType(TypeKind.TYPE_DATE);
  static final Value A = Value.createStringValue("a");
  static final Value CREATED = Value.createTimestampValueFromUnixMicros(0L);
  static final Value DAY = Value.createDateValue(19723);

  public static void main(String[] args) throws Exception {
    delete("key (id, day) of (id, day, created)", List.of(0, 1), "id", STRING, A, "day", DATE, DAY,
        "created", TIMESTAMP, CREATED);
    delete("key (id, day) of (id, created, day)", List.of(0, 2), "id", STRING, A, "created", TIMESTAMP,
        CREATED, "day", DATE, DAY);
    delete("no key", null, "id", STRING, A, "day", DATE, DAY);
    System.exit(0);
  }

  static void delete(String title, List<Integer> key, Object... columns) {
    LanguageOptions language = new LanguageOptions();
    language.enableMaximumLanguageFeatures();
    language.setSupportsAllStatementKinds();
    AnalyzerOptions options = new AnalyzerOptions();
    options.setLanguageOptions(language);
    List<SimpleColumn> definitions = new ArrayList<>();
    List<Value> row = new ArrayList<>();
    for (int i = 0; i < columns.length; i += 3) {
      definitions.add(new SimpleColumn("t", (String) columns[i], (Type) columns[i + 1]));
      row.add((Value) columns[i + 2]);
    }
    SimpleTable table = new SimpleTable("t", definitions);
    if (key != null) {
      table.setPrimaryKey(key);
    }
    SimpleCatalog catalog = new SimpleCatalog("catalog");
    catalog.addZetaSQLFunctionsAndTypes(new ZetaSQLBuiltinFunctionOptions(language));
    catalog.addSimpleTable(table);
    var registered = catalog.register(Map.of("t", TableContent.create(List.of(row))));
    try (PreparedModify modify =
        PreparedModify.builder()
            .setSql("DELETE FROM t WHERE id = 'a'")
            .setAnalyzerOptions(options)
            .setCatalog(catalog)
            .prepare()) {
      for (var deleted : modify.execute(Map.of()).getContent()) {
        System.out.println(
            title + ": key " + deleted.getOriginalPrimaryKeysValues().size() + " values, content "
                + deleted.getContent().size() + " values");
      }
    } catch (RuntimeException e) {
      System.out.println(title + ": " + e.getMessage().lines().findFirst().orElse(""));
    }
  }
}
JAVA
seen="$(java -cp "$work/lib/*" "$work/Probe.java" 2>/dev/null)"
expected="key (id, day) of (id, day, created): key 2 values, content 0 values
key (id, day) of (id, created, day): Type mismatch: provided type TIMESTAMP but proto <date_value: 19723
no key: key 0 values, content 0 values"
echo "$seen"
[[ "$seen" == "$expected" ]] || {
  echo "expected:" >&2
  echo "$expected" >&2
  exit 1
}
