package org.stripeanalytics.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * A report as one HTML file: style, scripts, the chart library and the data stand inside it, and
 * its content security policy lets a browser run those scripts and no other, and fetch nothing.
 */
public final class ReportPage {
  private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";

  /** In this order they make one script; each says at its head what it is for. */
  private static final ImmutableList<String> SCRIPTS =
      ImmutableList.of(
          "dom.js",
          "data.js",
          "format.js",
          "theme.js",
          "rows.js",
          "chart.js",
          "overview.js",
          "revenue.js",
          "retention.js",
          "acquisition.js",
          "payments.js",
          "segments.js",
          "stages.js",
          "relations.js",
          "attribution.js",
          "predictions.js",
          "anomalies.js",
          "deliveries.js",
          "restatements.js",
          "benchmarks.js",
          "dashboard.js",
          "catalogue.js",
          "lineage.js",
          "main.js");

  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)\\}\\}");

  /** The whole file. */
  public static String render(Report report) {
    String echarts = PageResource.text(ECHARTS);
    String script =
        SCRIPTS.stream()
            .map(PageResource::text)
            .collect(joining("\n", "(() => {\n\"use strict\";\n", "\n})();\n"));
    return filled(
        PageResource.text("page.html"),
        ImmutableMap.of(
            "script-hashes",
            hash(echarts) + " " + hash(script),
            "style",
            PageResource.text("page.css"),
            "data",
            PageJson.of(report),
            "echarts",
            echarts,
            "script",
            script));
  }

  /**
   * Writes the page into a directory, which is made if it is not there. A page that is there stays
   * until the new one is complete.
   *
   * @return the file
   */
  public static Path write(Report report, Path directory) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve("index.html");
    Path unfinished = directory.resolve("index.html.part");
    Files.writeString(unfinished, render(report), UTF_8);
    Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    return file;
  }

  /**
   * Writes the page into a directory of any file system that Beam knows, as in a bucket, where a
   * file is seen once it is complete.
   *
   * @return the file
   */
  public static ResourceId write(Report report, ResourceId directory) throws IOException {
    ResourceId file =
        directory.resolve("index.html", ResolveOptions.StandardResolveOptions.RESOLVE_FILE);
    try (WritableByteChannel page = FileSystems.create(file, "text/html; charset=utf-8")) {
      ByteBuffer bytes = ByteBuffer.wrap(render(report).getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        page.write(bytes);
      }
    }
    return file;
  }

  /** Goes through the template once, so that nothing that is filled in is looked at again. */
  private static String filled(String template, Map<String, String> content) {
    Matcher place = PLACE.matcher(template);
    StringBuilder page = new StringBuilder();
    while (place.find()) {
      place.appendReplacement(page, Matcher.quoteReplacement(content.get(place.group(1))));
    }
    return place.appendTail(page).toString();
  }

  private static String hash(String script) {
    byte[] sha256 = Hashing.sha256().hashString(script, UTF_8).asBytes();
    return "'sha256-" + Base64.getEncoder().encodeToString(sha256) + "'";
  }

  private ReportPage() {}
}
