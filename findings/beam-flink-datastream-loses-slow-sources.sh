#!/usr/bin/env bash
# Beam 2.70.0 on Flink 1.19 with --useDataStreamForBatch=true: a bounded source whose split() takes longer than
# Flink needs to start its readers delivers nothing, and the pipeline ends in state DONE without a
# word. With the default translation (DataSet) the same source delivers everything. Reported upstream as
# apache/beam#38072.
# Expected before it was run: a source that is slow to plan delays the job.
# Consequence: on this translation plan sources without I/O, and compare rows delivered with rows planned.
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
      <artifactId>beam-runners-flink-1.19</artifactId>
      <version>2.70.0</version>
      <exclusions>
        <exclusion>
          <groupId>org.apache.beam</groupId>
          <artifactId>beam-runners-java-job-service</artifactId>
        </exclusion>
      </exclusions>
    </dependency>
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
mkdir "$work/classes"
cat >"$work/Probe.java" <<'JAVA'
import java.util.*;
import org.apache.beam.runners.flink.*;
import org.apache.beam.sdk.*;
import org.apache.beam.sdk.coders.*;
import org.apache.beam.sdk.io.*;
import org.apache.beam.sdk.metrics.*;
import org.apache.beam.sdk.options.*;
import org.apache.beam.sdk.transforms.*;

public class Probe {
  /** Ten numbers, planned in a second. */
  static class Ten extends BoundedSource<Integer> {
    @Override
    public List<? extends BoundedSource<Integer>> split(long bytes, PipelineOptions options) {
      try {
        Thread.sleep(1000); // stands for a query of a catalogue
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return List.of(this);
    }

    @Override
    public long getEstimatedSizeBytes(PipelineOptions options) {
      return 40;
    }

    @Override
    public Coder<Integer> getOutputCoder() {
      return VarIntCoder.of();
    }

    @Override
    public BoundedReader<Integer> createReader(PipelineOptions options) {
      return new BoundedReader<>() {
        private int next = -1;

        @Override
        public boolean start() {
          return advance();
        }

        @Override
        public boolean advance() {
          return ++next < 10;
        }

        @Override
        public Integer getCurrent() {
          return next;
        }

        @Override
        public BoundedSource<Integer> getCurrentSource() {
          return Ten.this;
        }

        @Override
        public void close() {}
      };
    }
  }

  static class CountRows extends DoFn<Integer, Void> {
    private final Counter rows = Metrics.counter("probe", "rows");

    @ProcessElement
    public void process() {
      rows.inc();
    }
  }

  static String run(boolean dataStream) {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster("[local]");
    options.setParallelism(1);
    options.setUseDataStreamForBatch(dataStream);
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(Read.from(new Ten())).apply(ParDo.of(new CountRows()));
    PipelineResult result = pipeline.run();
    PipelineResult.State state = result.waitUntilFinish();
    long rows = 0;
    for (MetricResult<Long> counter : result.metrics().allMetrics().getCounters()) {
      if (counter.getName().getName().equals("rows")) {
        rows += counter.getAttempted();
      }
    }
    return state + ", rows " + rows;
  }

  public static void main(String[] args) {
    System.out.println("DataSet, split of a second: " + run(false));
    System.out.println("DataStream, split of a second: " + run(true));
    System.exit(0);
  }
}
JAVA
javac -nowarn -Xlint:none -d "$work/classes" -cp "$work/lib/*" "$work/Probe.java" 2>/dev/null
opens=()
for package in util lang time nio; do
  opens+=(--add-opens "java.base/java.$package=ALL-UNNAMED")
done
seen="$(java "${opens[@]}" -cp "$work/classes:$work/lib/*" Probe 2>/dev/null)"
expected="DataSet, split of a second: DONE, rows 10
DataStream, split of a second: DONE, rows 0"
echo "$seen"
[[ "$seen" == "$expected" ]] || { echo "no longer as found" >&2; exit 1; }
