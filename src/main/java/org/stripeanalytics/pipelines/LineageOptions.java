package org.stripeanalytics.pipelines;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.observability.LineageChannel;
import org.stripeanalytics.observability.secrets.SecretReference;

/** Where a run tells what it makes of what. */
public interface LineageOptions extends PipelineOptions {
  @TemplateParameter(
      label = "Lineage",
      group = TemplateParameter.Group.RUN,
      regex = "^(none|file:.+|https?://.+)$",
      example = "none")
  @Description(
      "Where OpenLineage events go: file:PATH, which gains a line per event, the http or https"
          + " address of a collector, or none. Events are posted to the address as it is, or to its"
          + " /api/v1/lineage if it has no path; redirects are not followed. Default: a file beside a"
          + " DuckDB warehouse, such as stripe.lineage.ndjson, and none for BigQuery.")
  @Nullable String getLineage();

  void setLineage(@Nullable String value);

  @TemplateParameter(
      label = "Key of the lineage collector",
      group = TemplateParameter.Group.RUN,
      regex =
          "^(env:[A-Z][A-Z0-9_]*"
              + "|projects/[^/]+(/locations/[^/]+)?/secrets/[^/]+/versions/[^/]+)$",
      example = "projects/stripe-analytics-dev/secrets/lineage-key/versions/latest")
  @Description(
      "Where the API key of the collector is kept: projects/PROJECT/secrets/SECRET/versions/VERSION"
          + " of Secret Manager, or env:VARIABLE. The key itself is fetched when an event is sent,"
          + " and is never an option. Default: the collector asks for none.")
  @Nullable String getLineageKey();

  void setLineageKey(@Nullable String value);

  /** What was asked for, or the default for a warehouse. */
  static String target(LineageOptions options, String warehouse) {
    if (options.getLineage() != null) {
      return options.getLineage();
    }
    if (WarehouseLocation.parse(warehouse) instanceof WarehouseLocation.DuckDb local) {
      String name = local.file().getFileName().toString().replaceFirst("\\.duckdb$", "");
      Path file = local.file().resolveSibling(name + ".lineage.ndjson");
      return LineageChannel.FILE + file;
    }
    return LineageChannel.NONE;
  }

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(LineageOptions options, List<String> faults) {
    String target = options.getLineage();
    if (target != null && !isUsable(target)) {
      faults.add(
          "--lineage="
              + target.replaceFirst("//.*@", "//…@")
              + " is no place for events; allowed are none, file:PATH, and http and https addresses"
              + " without a user in them");
    }
    if (options.getLineageKey() != null) {
      checkKey(options.getLineageKey(), target, faults);
    }
  }

  private static void checkKey(String key, @Nullable String target, List<String> faults) {
    try {
      SecretReference.parse(key);
    } catch (IllegalArgumentException e) {
      faults.add("--lineageKey is " + e.getMessage() + "; what was given is not repeated here");
    }
    if (target == null || !target.startsWith("http")) {
      faults.add("--lineageKey goes with the http or https address of a collector in --lineage");
    }
  }

  private static boolean isUsable(String target) {
    if (target.equals(LineageChannel.NONE)) {
      return true;
    }
    if (target.startsWith(LineageChannel.FILE)) {
      return target.length() > LineageChannel.FILE.length();
    }
    try {
      URI address = new URI(target);
      return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
          && address.getHost() != null
          && address.getUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
