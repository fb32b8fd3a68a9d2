#!/usr/bin/env bash
# Beam 2.70.0, BigQueryIO with FILE_LOADS: a write to one table is 95 primitive transforms with 11 GroupByKeys,
# and every further write adds as many. A runner translates and starts all of them, also those for files
# that one load cannot take, which hardly any run needs. One write by dynamic destinations has as many as a
# write to one table, whatever number it fills; one by the Storage Write API has 11 and 1.
# Expected before it was run: a load is some ten steps, so a pipeline may have one for each of its tables.
# Consequence: do not give fifty tables a write each. DataflowRunner looks through the whole graph for each
# side input: it translated ten pipelines of this project in 117 s, and needs 15 s without these writes.
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
      <groupId>org.apache.beam</groupId>
      <artifactId>beam-sdks-java-io-google-cloud-platform</artifactId>
      <version>2.70.0</version>
    </dependency>
    <dependency>
      <groupId>org.apache.beam</groupId>
      <artifactId>beam-runners-direct-java</artifactId>
      <version>2.70.0</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-nop</artifactId>
      <version>2.0.17</version>
    </dependency>
  </dependencies>
</project>
XML
mvn -B -q -Dstyle.color=never -f "$work/pom.xml" \
  org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory="$work/lib"
mkdir "$work/classes"
cat >"$work/Probe.java" <<'JAVA'
import com.google.api.services.bigquery.model.*;
import java.util.*;
import org.apache.beam.sdk.*;
import org.apache.beam.sdk.io.gcp.bigquery.*;
import org.apache.beam.sdk.options.*;
import org.apache.beam.sdk.runners.*;
import org.apache.beam.sdk.transforms.*;
import org.apache.beam.sdk.values.*;

public class Probe {
  static final TableSchema SCHEMA =
      new TableSchema()
          .setFields(new ArrayList<>(List.of(new TableFieldSchema().setName("a").setType("STRING"))));

  static BigQueryIO.Write<TableRow> write(BigQueryIO.Write.Method method) {
    return BigQueryIO.writeTableRows()
        .withSchema(SCHEMA)
        .withMethod(method)
        .withCreateDisposition(BigQueryIO.Write.CreateDisposition.CREATE_IF_NEEDED)
        .withWriteDisposition(BigQueryIO.Write.WriteDisposition.WRITE_TRUNCATE)
        .withoutValidation();
  }

  interface Writes {
    void to(PCollection<TableRow> rows);
  }

  static String weight(Writes writes) {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setTempLocation("gs://a-bucket/temp");
    options.as(BigQueryOptions.class).setBigQueryProject("a-project");
    Pipeline pipeline = Pipeline.create(options);
    List<TableRow> rows = List.of(new TableRow().set("a", "1"));
    writes.to(pipeline.apply(Create.of(rows).withCoder(TableRowJsonCoder.of())));
    int[] count = new int[2];
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            if (node.getFullName().startsWith("Load")) {
              count[0]++;
              count[1] += node.getTransform() instanceof GroupByKey ? 1 : 0;
            }
          }
        });
    return count[0] + " primitives, " + count[1] + " GroupByKeys";
  }

  public static void main(String[] args) {
    for (int tables : new int[] {1, 10}) {
      System.out.println(
          "FILE_LOADS, a write for each of " + tables + ": "
              + weight(
                  rows -> {
                    for (int i = 0; i < tables; i++) {
                      rows.apply(
                          "Load" + i,
                          write(BigQueryIO.Write.Method.FILE_LOADS).to("a-project:a_dataset.t" + i));
                    }
                  }));
    }
    System.out.println(
        "FILE_LOADS, one write by dynamic destinations: "
            + weight(
                rows ->
                    rows.apply(
                        "Load",
                        write(BigQueryIO.Write.Method.FILE_LOADS)
                            .to(
                                (SerializableFunction<ValueInSingleWindow<TableRow>, TableDestination>)
                                    row -> new TableDestination("a-project:a_dataset.t", null)))));
    System.out.println(
        "STORAGE_WRITE_API, a write for one: "
            + weight(
                rows ->
                    rows.apply(
                        "Load",
                        write(BigQueryIO.Write.Method.STORAGE_WRITE_API).to("a-project:a_dataset.t"))));
  }
}
JAVA
javac -nowarn -cp "$work/lib/*" -d "$work/classes" "$work/Probe.java"
java -cp "$work/classes:$work/lib/*" Probe | tee "$work/out"
while read -r expected; do
  grep -qxF "$expected" "$work/out" || { echo "no longer so: $expected" >&2; exit 1; }
done <<'EXPECTED'
FILE_LOADS, a write for each of 1: 95 primitives, 11 GroupByKeys
FILE_LOADS, a write for each of 10: 950 primitives, 110 GroupByKeys
FILE_LOADS, one write by dynamic destinations: 95 primitives, 11 GroupByKeys
STORAGE_WRITE_API, a write for one: 11 primitives, 1 GroupByKeys
EXPECTED
