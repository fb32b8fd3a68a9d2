#!/usr/bin/env bash
# Beam 2.70.0 (FileSystems, local files): match("file:///dir/*") reads the URI and finds the files of /dir, but
# matchNewResource("file:///dir/", true) takes the same text as a relative path and names DIR/file:/dir inside the
# current directory. What is written to a place is then not found by reading from the same place, and nothing
# says so.
# Expected before it was run: both name the same directory, as both do for gs://.
# Consequence: strip file:// from whatever is handed to matchNewResource, or to a sink that uses it.
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
      <artifactId>beam-sdks-java-core</artifactId>
      <version>2.70.0</version>
    </dependency>
    <dependency>
      <groupId>org.hamcrest</groupId>
      <artifactId>hamcrest</artifactId>
      <version>2.2</version>
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
cat >"$work/Probe.java" <<'JAVA'
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.*;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

public class Probe {
  public static void main(String[] args) throws Exception {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    Path here = Path.of("").toAbsolutePath();
    Path landing = Files.createDirectory(here.resolve("landing"));
    String place = "file://" + landing + "/";
    Files.writeString(landing.resolve("first.txt"), "1");
    ResourceId second =
        FileSystems.matchNewResource(place, true)
            .resolve("second.txt", StandardResolveOptions.RESOLVE_FILE);
    try (WritableByteChannel out = FileSystems.create(second, "text/plain")) {
      out.write(ByteBuffer.wrap(new byte[] {'2'}));
    }
    FileSystems.match(place + "*").metadata().forEach(
        found -> System.out.println("read from landing: " + found.resourceId().getFilename()));
    System.out.println("written to landing: " + Files.exists(landing.resolve("second.txt")));
    System.out.println("directory file: made here: " + Files.isDirectory(here.resolve("file:")));
  }
}
JAVA
cd "$work"
seen="$(java -cp "$work/lib/*" "$work/Probe.java")"
expected="read from landing: first.txt
written to landing: false
directory file: made here: true"
echo "$seen"
[[ "$seen" == "$expected" ]] || { echo "no longer as found" >&2; exit 1; }
