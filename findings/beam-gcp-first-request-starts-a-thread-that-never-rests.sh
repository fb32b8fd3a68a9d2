#!/usr/bin/env bash
# opencensus-impl 0.31.0, which Beam 2.70.0 brings with it for Google Cloud (by gcsio), starts the thread
# OpenCensus.Disruptor-0 when anything first asks for a tracer. google-http-client 2.0.2 does so for each request
# that it builds, to BigQuery and Cloud Storage alike. The thread polls an empty queue, with naps of a fraction of
# a millisecond, for as long as the process lives: a few hundredths of a core where nothing at all is traced or
# exported. Several test JVMs on two cores gave it 5 % of all their time, half of it in the kernel. Without
# opencensus-impl on the class path the same call gets a tracer that does nothing, and there is no such thread.
# Expected before it was run: a thread that waits.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
for artifact in io.opencensus:opencensus-api:0.31.1 io.opencensus:opencensus-impl:0.31.0 \
  io.opencensus:opencensus-impl-core:0.31.0 com.lmax:disruptor:3.4.2 io.grpc:grpc-context:1.70.0 \
  io.grpc:grpc-api:1.70.0 com.google.guava:guava:32.1.2-jre com.google.guava:failureaccess:1.0.1; do
  mvn -B -q -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact="$artifact" -DoutputDirectory="$work"
done
cat >"$work/Probe.java" <<'JAVA'
import io.opencensus.trace.Tracing;
import java.lang.management.*;
import java.util.concurrent.*;

public class Probe {
  static long polling(ThreadMXBean threads) {
    for (ThreadInfo thread : threads.dumpAllThreads(false, false)) {
      if (thread.getThreadName().startsWith("OpenCensus.Disruptor")) {
        return thread.getThreadId();
      }
    }
    return -1;
  }

  public static void main(String[] args) throws Exception {
    Tracing.getTracer();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long thread = polling(threads);
    if (thread < 0) {
      System.out.println("no such thread");
      return;
    }
    // Nothing is traced in these five seconds.
    long before = threads.getThreadCpuTime(thread);
    new CountDownLatch(1).await(5, TimeUnit.SECONDS);
    long used = (threads.getThreadCpuTime(thread) - before) / 1_000_000;
    System.err.println(used + " ms of CPU in 5 s");
    System.out.println(used >= 20 ? "works without work" : "rests");
    System.exit(0);
  }
}
JAVA
with="$(java -cp "$work/*" "$work/Probe.java")"
rm "$work"/opencensus-impl-0*.jar
without="$(java -cp "$work/*" "$work/Probe.java")"
echo "with opencensus-impl: $with; without: $without"
[[ "$with" == "works without work" && "$without" == "no such thread" ]] ||
  { echo "no longer as found" >&2; exit 1; }
