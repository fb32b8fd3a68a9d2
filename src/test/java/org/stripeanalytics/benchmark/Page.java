package org.stripeanalytics.benchmark;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page that people read: a template that a person wrote, with tables made of the results where
 * it says <code>{{table}}</code>.
 */
final class Page {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");
  private static final String NOT_MEASURED = "not measured";
  private static final ImmutableList<Long> MODELLED =
      ImmutableList.of(1_000_000L, 10_000_000L, 100_000_000L);

  private final String template;
  private final Reasons reasons;
  private final ImmutableMap<String, Function<Results, String>> parts;

  private Page(String template, Reasons reasons) {
    this.template = template;
    this.reasons = reasons;
    this.parts =
        ImmutableMap.<String, Function<Results, String>>builder()
            .put("machine", Page::machine)
            .put("targets", this::targets)
            .put("synthesis", results -> rates(results, "synthesis"))
            .put("load", results -> rates(results, "load"))
            .put("transform", results -> rates(results, "transform"))
            .put("whole", Page::times)
            .put("growth", Page::growth)
            .put("cost", Page::cost)
            .put("prices", results -> prices())
            .put("live", LiveCostTable::of)
            .buildOrThrow();
  }

  static Page of(String template, Reasons reasons) {
    return new Page(template, reasons);
  }

  /**
   * @throws IllegalArgumentException when the template asks for something that there is not
   */
  String render(Results results) {
    Matcher place = PLACE.matcher(template);
    StringBuilder page = new StringBuilder();
    while (place.find()) {
      Function<Results, String> part = parts.get(place.group(1));
      if (part == null) {
        throw new IllegalArgumentException(
            "{{%s}} is no part of the page; allowed are %s"
                .formatted(place.group(1), String.join(", ", parts.keySet())));
      }
      place.appendReplacement(page, Matcher.quoteReplacement(part.apply(results).stripTrailing()));
    }
    return place.appendTail(page).toString();
  }

  private static String machine(Results results) {
    Machine machine = results.machine();
    Versions versions = results.versions();
    String commits =
        results.measurements().stream()
            .map(Measurement::commit)
            .distinct()
            .sorted()
            .collect(joining(", "));
    return """
        %s, %d cores, %d GB; %s; %s. Beam %s, Flink %s, DuckDB %s. Commit %s.
        """
        .formatted(
            machine.cpu(),
            machine.cores(),
            machine.memoryGigabytes(),
            machine.os(),
            machine.jdk(),
            versions.beam(),
            versions.flink(),
            versions.duckdb(),
            commits.isEmpty() ? NOT_MEASURED : commits);
  }

  private String targets(Results results) {
    List<List<String>> rows = new ArrayList<>();
    for (Target target : Target.ALL) {
      Optional<Target.Reading> reading = target.reading().apply(results);
      rows.add(
          List.of(
              target.what(),
              target.wanted(),
              reading.map(Target.Reading::value).orElse(NOT_MEASURED),
              reading
                  .map(r -> r.reached() ? "reached" : "missed: " + reasons.of(target))
                  .orElse("")));
    }
    return table(List.of("what", "target", "measured", ""), rows);
  }

  private static String rates(Results results, String section) {
    return table(
        List.of(
            "what",
            "customers",
            "worked through",
            "rate",
            "seconds, median of N",
            "min–max",
            "of which start-up",
            "peak memory"),
        measured(results, section).stream()
            .map(
                m ->
                    List.of(
                        m.subject().what(),
                        number(m.customers()),
                        number(m.amount()) + " " + m.unit(),
                        number(Math.round(m.rate())) + "/s",
                        median(m),
                        spread(m),
                        m.startUp().isEmpty() ? "none" : seconds(m.startUpSeconds()),
                        memory(m)))
            .toList());
  }

  private static String times(Results results) {
    return table(
        List.of(
            "what",
            "customers",
            "seconds, median of N",
            "min–max",
            "of which start-up",
            "peak memory"),
        measured(results, "whole").stream()
            .map(
                m ->
                    List.of(
                        m.subject().what(),
                        number(m.customers()),
                        median(m),
                        spread(m),
                        m.startUp().isEmpty() ? "all" : seconds(m.startUpSeconds()),
                        memory(m)))
            .toList());
  }

  private static String growth(Results results) {
    return table(
        List.of(
            "customers",
            "objects",
            "seconds, median of N",
            "min–max",
            "of which start-up",
            "objects/s without it",
            "synthesize",
            "transform",
            "check",
            "report",
            "heap",
            "peak memory"),
        measured(results, "growth").stream()
            .map(
                m ->
                    List.of(
                        number(m.customers()),
                        number(m.amount()),
                        median(m),
                        spread(m),
                        seconds(m.startUpSeconds()),
                        number(Math.round(m.rate())),
                        seconds(m.stageSeconds("synthesize")),
                        seconds(m.stageSeconds("transform")),
                        seconds(m.stageSeconds("check")),
                        seconds(m.stageSeconds("report")),
                        Optional.ofNullable(m.heap()).orElse("default"),
                        memory(m)))
            .toList());
  }

  private static List<Measurement> measured(Results results, String section) {
    return Subject.of(section).stream().flatMap(s -> results.allOf(s).stream()).toList();
  }

  private static String cost(Results results) {
    Optional<Measurement> synthesis = results.of(Subject.SYNTHESIS_NOWHERE);
    Optional<Measurement> transform = results.of(Subject.TRANSFORM_FLINK);
    if (synthesis.isEmpty() || transform.isEmpty() || results.sizes() == null) {
      return NOT_MEASURED;
    }
    int cores = results.machine().cores();
    CostModel model =
        new CostModel(
            synthesis.get().rate() / cores, transform.get().rate() / cores, results.sizes());
    return table(
        List.of(
            "customers",
            "objects",
            "`synthesize`",
            "`transform`",
            "shuffled",
            "Dataflow",
            "scanned",
            "read",
            "queries and reads",
            "stored",
            "storage a month"),
        MODELLED.stream().map(customers -> estimate(model.of(customers))).toList());
  }

  private static List<String> estimate(CostModel.Estimate e) {
    return List.of(
        number(e.customers()),
        String.format(Locale.ROOT, "%,.0f million", e.objects() / 1e6),
        job(e.synthesize()),
        job(e.transform()),
        String.format(Locale.ROOT, "%,.0f GB", e.shuffledGigabytes()),
        dollars(e.dataflowDollars()),
        String.format(Locale.ROOT, "%,.2f TiB", e.scannedTebibytes()),
        String.format(Locale.ROOT, "%,.2f TiB", e.readTebibytes()),
        dollars(e.bigQueryDollars()),
        String.format(Locale.ROOT, "%,.0f GiB", e.storedGibibytes()),
        dollars(e.storageDollarsPerMonth()));
  }

  private static String job(CostModel.Job job) {
    return String.format(Locale.ROOT, "%d workers, %.1f h", job.workers(), job.hours());
  }

  private static String dollars(double dollars) {
    return String.format(Locale.ROOT, "$%,.2f", dollars);
  }

  private static String prices() {
    return table(
        List.of("assumed", "value"),
        List.of(
            List.of("Dataflow, a vCPU for an hour", "$" + CostModel.VCPU_HOUR),
            List.of("Dataflow, a GB of memory for an hour", "$" + CostModel.GIGABYTE_HOUR),
            List.of("Dataflow shuffle, a GB", "$" + CostModel.SHUFFLED_GIGABYTE),
            List.of("BigQuery on demand, a TiB scanned", "$" + CostModel.SCANNED_TEBIBYTE),
            List.of("BigQuery Storage Read API, a TiB", "$" + CostModel.READ_TEBIBYTE),
            List.of(
                "BigQuery active logical storage, a GiB for a month",
                "$" + CostModel.STORED_GIBIBYTE_MONTH),
            List.of("worker", CostModel.VCPUS + " vCPUs, " + CostModel.GIGABYTES + " GB of memory"),
            List.of("most workers", Integer.toString(CostModel.MOST_WORKERS)),
            List.of("workers are added until a job takes", CostModel.WANTED_HOURS + " h"),
            List.of(
                "vCPUs that do the work of one measured core",
                Double.toString(CostModel.VCPUS_PER_CORE)),
            List.of("scans of every byte written", Integer.toString(CostModel.SCANS))));
  }

  private static String median(Measurement m) {
    return seconds(m.seconds()) + " of " + m.samples().size();
  }

  private static String spread(Measurement m) {
    return seconds(m.fastestSeconds()) + "–" + seconds(m.slowestSeconds());
  }

  private static String memory(Measurement m) {
    return m.peakMegabytes().isPresent() ? number(m.peakMegabytes().getAsLong()) + " MB" : "";
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 10 ? "%.2f" : "%.1f", seconds);
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String table(List<String> head, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return NOT_MEASURED;
    }
    String rule = head.stream().map(cell -> "---").collect(joining("|", "|", "|\n"));
    return line(head) + rule + rows.stream().map(Page::line).collect(joining());
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(joining(" | ", "| ", " |\n"));
  }
}
