package org.stripeanalytics.benchmark;

import static org.stripeanalytics.benchmark.Warehouses.rawRows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.intermediate.FoldBenchmark;
import org.stripeanalytics.oracle.OracleRun;
import org.stripeanalytics.synthesis.SynthesisBenchmark;

/** How each subject is measured, in the warehouses of one session. */
final class Measurements {
  private static final String DIRECT = "--runner=DirectRunner";

  /** DirectRunner takes long for little, and nobody waits for its last percent. */
  private static final int MOST_DIRECT_RUNS = 1;

  private static final String OBJECTS = "objects";
  private static final String RAW_ROWS = "raw rows";
  private static final Pattern STAGE = Pattern.compile("^  ([a-z][a-z-]*) +([0-9.]+)$");

  private final Settings settings;
  private final Workplace workplace;
  private final Warehouses warehouses;
  private final String commit;
  private final Map<String, StartUp> startUps = new HashMap<>();

  Measurements(Settings settings, Workplace workplace, String commit) {
    this.settings = settings;
    this.workplace = workplace;
    this.warehouses = new Warehouses(workplace);
    this.commit = commit;
  }

  /** What is added to the results. */
  interface Found {
    Results addTo(Results results);
  }

  /** Runs with one customer, and how much such an account has to be worked through. */
  private record StartUp(List<Sample> samples, long amount) {
    static final StartUp NONE = new StartUp(List.of(), 0);
  }

  private interface Amount {
    long of(long customers) throws Exception;
  }

  /** What one run of a process is, given how many customers its account has. */
  private interface Run {
    ProcessRun.Finished of(long customers) throws Exception;
  }

  Found synthesisLimit() throws Exception {
    return jmh(
        Subject.SYNTHESIS_LIMIT,
        settings.customers(),
        OBJECTS,
        SynthesisBenchmark.class,
        "objects",
        "customers",
        Long.toString(settings.customers()));
  }

  Found transformLimit() throws Exception {
    long customers = settings.scaled(50);
    return jmh(
        Subject.TRANSFORM_LIMIT,
        customers,
        RAW_ROWS,
        FoldBenchmark.class,
        "rows",
        "warehouse",
        warehouses.raw(customers).toString());
  }

  private Found jmh(
      Subject subject,
      long customers,
      String unit,
      Class<?> benchmark,
      String counter,
      String parameter,
      String value)
      throws Exception {
    List<Sample> samples =
        JmhRun.of(
            benchmark,
            counter,
            List.of(parameter, value),
            settings.runs(),
            settings.quick() ? 1 : 5,
            settings.heap().orElse("3g"),
            workplace.path("jmh.log"));
    return found(subject, customers, JmhRun.AMOUNT, unit, StartUp.NONE, samples);
  }

  Found synthesisToNowhere() throws Exception {
    return synthesisToNowhere(Subject.SYNTHESIS_NOWHERE, settings.scaled(200));
  }

  Found synthesisOfLargeAccount() throws Exception {
    return synthesisToNowhere(Subject.SYNTHESIS_LARGE, settings.scaled(1_000));
  }

  private Found synthesisToNowhere(Subject subject, long customers) throws Exception {
    long[] objects = {0};
    Run run =
        size -> {
          ProcessRun.Finished finished = workplace.worker(SynthesizeToNowhere.class, size);
          objects[0] = Worked.parse(finished.output()).amount();
          return finished;
        };
    StartUp startUp = startUp("synthesize to nowhere", run, one -> objects[0]);
    List<Sample> samples = repeated(run, customers, settings.runsOf(customers));
    return found(subject, customers, objects[0], OBJECTS, startUp, samples);
  }

  Found synthesisToRaw() throws Exception {
    return synthesisToRaw(Subject.SYNTHESIS_RAW, 200);
  }

  Found synthesisOnDirectRunner() throws Exception {
    return synthesisToRaw(Subject.SYNTHESIS_DIRECT, 10, DIRECT);
  }

  private Found synthesisToRaw(Subject subject, int percent, String... options) throws Exception {
    Run run =
        customers -> {
          workplace.emptied("raw-" + customers);
          return warehouses.synthesize(warehouses.rawPath(customers), customers, options);
        };
    long customers = settings.scaled(percent);
    StartUp startUp =
        startUp(
            "synthesize" + String.join("", options),
            run,
            one -> rawRows(warehouses.raw(one)),
            runs(options));
    List<Sample> samples = repeated(run, customers, runs(options));
    long objects = rawRows(warehouses.raw(customers));
    return found(subject, customers, objects, OBJECTS, startUp, samples);
  }

  Found synthesisToNdjson() throws Exception {
    Run run =
        customers ->
            workplace.command(
                "synthesize",
                "--customers=" + customers,
                "--events",
                "--output=" + workplace.emptied("ndjson"));
    long customers = settings.scaled(200);
    Amount objects = size -> lines(workplace.path("ndjson"));
    StartUp startUp = startUp("synthesize to files", run, objects);
    List<Sample> samples = repeated(run, customers);
    return found(
        Subject.SYNTHESIS_NDJSON, customers, objects.of(customers), OBJECTS, startUp, samples);
  }

  private static long lines(Path directory) throws IOException {
    long lines = 0;
    try (Stream<Path> files = Files.walk(directory).filter(Files::isRegularFile)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        try (Stream<String> objects = Files.lines(file)) {
          lines += objects.count();
        }
      }
    }
    return lines;
  }

  Found loadOurs() throws Exception {
    return load(
        Subject.LOAD_OURS,
        customers -> workplace.worker(LoadPrepared.class, customers, workplace.emptied("load")));
  }

  Found loadPostgres() throws Exception {
    return load(
        Subject.LOAD_POSTGRES,
        customers ->
            workplace.worker(
                LoadPrepared.class, customers, workplace.emptied("load"), "postgresql"));
  }

  Found loadFromParquet() throws Exception {
    Path raw = warehouses.raw(settings.scaled(50));
    return load(
        Subject.LOAD_DUCKDB,
        customers -> workplace.worker(LoadParquet.class, raw, workplace.emptied("load")));
  }

  private Found load(Subject subject, Run run) throws Exception {
    List<Sample> startUp = new ArrayList<>();
    List<Sample> samples = new ArrayList<>();
    long customers = settings.scaled(50);
    long rows = 0;
    for (int i = 0; i < settings.runs(); i++) {
      Worked worked = Worked.parse(run.of(customers).output());
      rows = worked.amount();
      if (worked.startUpSeconds() > 0) {
        startUp.add(Sample.of(worked.startUpSeconds()));
      }
      samples.add(Sample.of(worked.seconds()));
    }
    return found(subject, customers, rows, "rows", new StartUp(startUp, 0), samples);
  }

  /** Its start-up is the export of a few small tables. */
  Found export() throws Exception {
    long customers = settings.customers();
    Path warehouse = warehouses.whole(customers);
    StartUp startUp =
        settings.quick()
            ? StartUp.NONE
            : new StartUp(
                repeated(size -> export(warehouse, "--tables=seeds"), customers),
                Warehouses.rows(warehouse, layer -> layer == Layer.SEEDS));
    List<Sample> samples = repeated(size -> export(warehouse), customers);
    long rows = Warehouses.rows(warehouse, layer -> layer != Layer.OPS);
    return found(Subject.EXPORT, customers, rows, "rows", startUp, samples);
  }

  private ProcessRun.Finished export(Path warehouse, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--warehouse=" + warehouse);
    all.add("--output=" + workplace.emptied("export"));
    return workplace.command("export", all.toArray(String[]::new));
  }

  Found transform() throws Exception {
    return transform(Subject.TRANSFORM_FLINK, settings.scaled(200));
  }

  Found transformOfLargeAccount() throws Exception {
    return transform(Subject.TRANSFORM_LARGE, settings.scaled(1_000));
  }

  private Found transform(Subject subject, long customers) throws Exception {
    Run run = size -> warehouses.transform(warehouses.freshCopy(size));
    StartUp startUp = startUp("transform", run, one -> rawRows(warehouses.raw(one)));
    // Here, so that the time of making it is in no sample.
    long rows = rawRows(warehouses.raw(customers));
    List<Sample> samples = repeated(run, customers, settings.runsOf(customers));
    return found(subject, customers, rows, RAW_ROWS, startUp, samples);
  }

  /** Of half a year: on five years DirectRunner takes too long even with 200 customers. */
  Found transformOnDirectRunner() throws Exception {
    Run run = size -> warehouses.transform(warehouses.freshHalfYear(size), DIRECT);
    long customers = settings.scaled(10);
    warehouses.halfYear(1);
    StartUp startUp =
        startUp("transform" + DIRECT, run, one -> rawRows(warehouses.halfYear(one)), runs(DIRECT));
    Path halfYear = warehouses.halfYear(customers);
    List<Sample> samples = repeated(run, customers, runs(DIRECT));
    return found(
        Subject.TRANSFORM_DIRECT,
        Warehouses.customers(halfYear),
        rawRows(halfYear),
        RAW_ROWS,
        startUp,
        samples);
  }

  Found oracle() throws Exception {
    long customers = settings.scaled(200);
    Path transformed = warehouses.transformed(customers);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < settings.runs(); i++) {
      ProcessRun.Finished finished = workplace.worker(OracleRun.class, transformed);
      samples.add(Sample.of(Worked.parse(finished.output()).seconds(), finished.peakMegabytes()));
    }
    long rows = rawRows(transformed);
    return found(Subject.TRANSFORM_ORACLE, customers, rows, RAW_ROWS, StartUp.NONE, samples);
  }

  Found startUp() throws Exception {
    Run run =
        customers ->
            workplace.command(
                "synthesize",
                "--customers=" + customers,
                "--output=" + workplace.emptied("ndjson"));
    return found(Subject.START_UP, 1, 1, "runs", StartUp.NONE, repeated(run, 1));
  }

  Found wholeRun(long customers) throws Exception {
    StartUp startUp =
        startUp("run-local", warehouses::runLocal, one -> rawRows(warehouses.wholePath(one)));
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < settings.runsOf(customers); i++) {
      ProcessRun.Finished finished = warehouses.runLocal(customers);
      samples.add(
          new Sample(
              finished.seconds(), finished.sample().peakMegabytes(), stages(finished.output())));
    }
    long objects = rawRows(warehouses.wholePath(customers));
    return found(Subject.RUN_LOCAL, customers, objects, OBJECTS, startUp, samples);
  }

  /** What the summary of a run says under "Seconds". */
  private static Map<String, Double> stages(String summary) {
    Map<String, Double> stages = new LinkedHashMap<>();
    summary
        .lines()
        .dropWhile(line -> !line.startsWith("Seconds"))
        .skip(1)
        .takeWhile(line -> !line.isBlank())
        .forEach(
            line -> {
              Matcher stage = STAGE.matcher(line);
              if (stage.matches()) {
                stages.put(stage.group(1), Double.parseDouble(stage.group(2)));
              }
            });
    return stages;
  }

  Found fullRefresh() throws Exception {
    return interval(Subject.FULL_REFRESH);
  }

  Found incrementalMonth() throws Exception {
    return interval(Subject.INCREMENTAL_MONTH, "--from=2025-12-01", "--to=2026-01-01");
  }

  /** On a finished warehouse, so that there are rows to replace and states to go on from. */
  private Found interval(Subject subject, String... options) throws Exception {
    long customers = settings.scaled(1_000);
    Path warehouse = warehouses.whole(customers);
    StartUp startUp =
        startUp(
            "transform",
            size -> warehouses.transform(warehouses.freshCopy(size)),
            one -> rawRows(warehouses.raw(one)));
    List<Sample> samples = new ArrayList<>();
    int runs = subject == Subject.FULL_REFRESH ? settings.runsOf(customers) : settings.runs();
    for (int i = 0; i < runs; i++) {
      samples.add(warehouses.transform(warehouse, options).sample());
    }
    long rows = rawRows(warehouse);
    return found(subject, customers, rows, RAW_ROWS, startUp, samples);
  }

  Found sizes() throws Exception {
    long customers = settings.scaled(200);
    Sizes sizes = Warehouses.sizes(warehouses.transformed(customers), customers);
    return results -> results.with(sizes);
  }

  private int runs(String... options) {
    return List.of(options).contains(DIRECT)
        ? Math.min(MOST_DIRECT_RUNS, settings.runs())
        : settings.runs();
  }

  private StartUp startUp(String of, Run run, Amount amount) throws Exception {
    return startUp(of, run, amount, settings.runs());
  }

  /** The same command with one customer; measured once a session, and not when in a hurry. */
  private StartUp startUp(String of, Run run, Amount amount, int runs) throws Exception {
    if (settings.quick()) {
      return StartUp.NONE;
    }
    if (!startUps.containsKey(of)) {
      warehouses.raw(1);
      List<Sample> samples = repeated(run, 1, runs);
      startUps.put(of, new StartUp(samples, amount.of(1)));
    }
    return startUps.get(of);
  }

  private List<Sample> repeated(Run run, long customers) throws Exception {
    return repeated(run, customers, settings.runs());
  }

  private static List<Sample> repeated(Run run, long customers, int runs) throws Exception {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      samples.add(run.of(customers).sample());
    }
    return samples;
  }

  private Found found(
      Subject subject,
      long customers,
      long amount,
      String unit,
      StartUp startUp,
      List<Sample> samples) {
    Measurement measured =
        new Measurement(
            subject,
            customers,
            amount,
            unit,
            settings.heap().orElse(null),
            commit,
            startUp.samples(),
            startUp.amount(),
            samples);
    return results -> results.with(measured);
  }
}
