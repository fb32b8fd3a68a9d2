package org.stripeanalytics.warehouse.bigquery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import com.google.common.base.Splitter;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.pipelines.local.ReportInCloud;

/**
 * The report as its job in the cloud writes it: in a process without the engines and the database
 * of one machine, which the image does not hold, from BigQuery into a bucket.
 */
class ReportInCloudTest {
  /** What the profile {@code template} of the build leaves out. */
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "beam-runners-(flink|direct)|org/apache/flink/|org/duckdb/|arrow-(c-data|memory-unsafe)");

  @TempDir private Path directory;

  @Test
  void thePageIsWrittenIntoTheBucket() throws Exception {
    try (LocalBigQuery bigQuery = LocalBigQuery.start(directory);
        LocalBucket bucket = LocalBucket.start()) {
      LocalWarehouses.at(bigQuery, directory).createTables();

      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  imageClassPath(),
                  ReportInCloud.class.getName(),
                  bigQuery.endpoint(),
                  bucket.endpoint(),
                  "gs://a-bucket/report")
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);

      assertThat(said, process.waitFor(), is(0));
      assertThat(said, containsString("gs://a-bucket/report/index.html"));
      assertThat(bucket.objects().keySet(), contains("report/index.html"));
      String page = bucket.objects().get("report/index.html");
      assertThat(page.stripTrailing().endsWith("</html>"), is(true));
      assertThat("the catalogue was read", page, containsString("raw.charges"));
    }
  }

  private static String imageClassPath() {
    List<String> all =
        Splitter.on(File.pathSeparatorChar).splitToList(System.getProperty("java.class.path"));
    List<String> held = all.stream().filter(path -> !LEFT_OUT.matcher(path).find()).toList();
    assertThat("something was left out", held.size(), is(lessThan(all.size() - 4)));
    return held.stream().collect(joining(File.pathSeparator));
  }
}
