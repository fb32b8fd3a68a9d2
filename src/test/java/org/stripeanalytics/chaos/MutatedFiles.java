package org.stripeanalytics.chaos;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * Files of a simulated account's objects and events, each spoilt in one place: every good object is
 * loaded, every other one listed with its payload, and no value is stored otherwise than it was
 * delivered.
 */
final class MutatedFiles implements Trials {
  private static final int FILES = 1000;
  private static final int FILES_PER_RUN = 250;
  private static final Pattern TAG = Pattern.compile("_(f[0-9]{5})");

  @Override
  public String name() {
    return "mutated-files";
  }

  @Override
  public Tally run(Workplace workplace) throws Exception {
    Tally.Counter counter = new Tally.Counter();
    List<String> account = account(workplace);
    int files = workplace.tries(FILES);
    for (int first = 0; first < files; first += FILES_PER_RUN) {
      List<MutatedFile> batch = new ArrayList<>();
      for (int i = first; i < Math.min(files, first + FILES_PER_RUN); i++) {
        batch.add(MutatedFile.of(i, account, new SplittableRandom(workplace.random().nextLong())));
      }
      ingest(workplace, batch, counter);
    }
    return counter.tally("%,d objects and events to choose from".formatted(account.size()));
  }

  /** Lines of JSON, of every type in turn so that none is rare. */
  private static List<String> account(Workplace workplace) throws Exception {
    Path landing = workplace.path("landing");
    Command.Ended ended =
        workplace
            .start(
                "synthesize",
                "--customers=40",
                "--start=2023-01-01",
                "--end=2024-03-01",
                "--events",
                "--output=" + landing)
            .ended();
    if (ended.status() != 0) {
      throw new IllegalStateException(ended.toString());
    }
    List<List<String>> byType = new ArrayList<>();
    try (Stream<Path> folders = Files.list(landing)) {
      // What was spent has no id, by which a file's own would be told from another's.
      for (Path folder : folders.sorted().filter(MutatedFiles::hasIds).toList()) {
        byType.add(linesOf(folder));
      }
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; lines.size() < 5 * FILES; i++) {
      List<String> type = byType.get(i % byType.size());
      lines.add(type.get((i / byType.size()) % type.size()));
    }
    return lines;
  }

  private static boolean hasIds(Path folder) {
    return !folder.endsWith("marketing_spend");
  }

  private static List<String> linesOf(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  private static void ingest(Workplace workplace, List<MutatedFile> batch, Tally.Counter counter)
      throws Exception {
    Path folder = Files.createDirectories(workplace.path("in_" + batch.get(0).name()));
    for (MutatedFile file : batch) {
      counter.tried();
      Files.write(folder.resolve(file.name()), file.bytes());
    }
    Path warehouse = workplace.path(batch.get(0).name() + ".duckdb");
    Command.Ended ended =
        workplace
            .start(
                "ingest",
                "--input=" + folder + "/*",
                "--extractedOn=2024-03-01",
                "--maxRejectedFraction=1",
                "--warehouse=duckdb:" + warehouse)
            .ended();
    if (ended.showsTrace()) {
      counter.trace(ended.toString());
    }
    if (ended.status() != 0) {
      counter.lost(ended.toString());
      return;
    }
    check(DuckDbWarehouse.openReadOnly(warehouse), batch, counter);
  }

  private static void check(
      DuckDbWarehouse warehouse, List<MutatedFile> batch, Tally.Counter counter) {
    Map<String, Set<String>> loaded = new HashMap<>();
    for (WarehouseTable<?> table : Tables.all()) {
      if (table.contract().layer() == Layer.RAW) {
        for (List<Object> row :
            warehouse
                .query(
                    "SELECT _payload, to_json(t)::VARCHAR, _source FROM %s AS t WHERE _payload IS NOT NULL"
                        .formatted(table.name()))
                .rows()) {
          String payload = (String) row.get(0);
          if (table.equals(Tables.EVENTS) || row.get(2).equals("json")) {
            loaded.computeIfAbsent(tag(payload), file -> new HashSet<>()).add(payload);
          }
          String difference = StoredValues.difference((String) row.get(1), payload);
          if (difference != null) {
            counter.bent(table.name() + " " + tag(payload) + ": " + difference);
          }
        }
      }
    }
    Map<String, List<String>> listed = listed(warehouse);
    for (MutatedFile file : batch) {
      Set<String> of = new HashSet<>(loaded.getOrDefault(tag("_" + file.name()), Set.of()));
      of.addAll(loaded.getOrDefault("", Set.of()));
      new FileAccount(file)
          .losses(of, listed.getOrDefault(file.name(), List.of()))
          .forEach(counter::lost);
    }
  }

  /** The payloads of rejections by file: those that one record came to are one. */
  private static Map<String, List<String>> listed(DuckDbWarehouse warehouse) {
    return warehouse
        .query(
            "SELECT DISTINCT parse_filename(source_file), record_number, payload"
                + " FROM ops.rejected_records ORDER BY ALL")
        .rows()
        .stream()
        .collect(
            groupingBy(row -> (String) row.get(0), mapping(row -> (String) row.get(2), toList())));
  }

  /** The file whose number is in the text; empty if it has lost its number. */
  private static String tag(String text) {
    Matcher tag = TAG.matcher(text);
    return tag.find() ? tag.group(1) : "";
  }
}
