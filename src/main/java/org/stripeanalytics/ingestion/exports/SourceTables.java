package org.stripeanalytics.ingestion.exports;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static com.google.common.collect.ImmutableSortedSet.toImmutableSortedSet;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.SourceMapping;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;

/**
 * The raw tables of a source, and which file of an export is for which of them.
 *
 * @param source its name; {@link #ALL} for those of every source
 */
public record SourceTables(String source) implements Serializable {
  /** Stands for every source. */
  public static final String ALL = "all";

  private static final Pattern ENDINGS =
      Pattern.compile("([.](csv|tsv|txt|ndjson|jsonl|json|gz|gzip))+$");

  /** What tools append to a table's name: {@code _data}, a date, the number of a part. */
  private static final Pattern ADDITION = Pattern.compile("([_.-]+(data|export|part|\\d\\w*))*");

  private static final Pattern PART = Pattern.compile("(part[-_.]?)?[\\d-]+.*|part|data");

  /** The names of all sources, in alphabetical order. */
  public static ImmutableSortedSet<String> names() {
    return ofContracts()
        .map(table -> mapping(table).name())
        .collect(toImmutableSortedSet(Comparator.naturalOrder()));
  }

  /** The tables; none of a source that no contract names. */
  public ImmutableSet<WarehouseTable<?>> tables() {
    return ofContracts()
        .filter(table -> source.equals(ALL) || mapping(table).name().equals(source))
        .collect(toImmutableSet());
  }

  /** What exports call the tables, for people. */
  public ImmutableSortedSet<String> tableNames() {
    return tables().stream()
        .map(table -> mapping(table).tables().get(0))
        .collect(toImmutableSortedSet(Comparator.naturalOrder()));
  }

  /**
   * The table that a file holds rows of, by its name: {@code contact.csv}, {@code
   * hubspot_contact_data.csv}, {@code hubspot/contact.ndjson.gz}, {@code contact/part-00001.csv}.
   * Only where all sources are meant the name of one has to be in it. Of several that fit, such as
   * {@code deal} and {@code deal_stage}, the longest.
   */
  public Optional<WarehouseTable<?>> ofFile(String path) {
    ImmutableList<String> parts =
        ImmutableList.copyOf(
                Splitter.onPattern("[/\\\\]").splitToList(path.toLowerCase(Locale.ROOT)))
            .reverse();
    String file = ENDINGS.matcher(parts.get(0)).replaceFirst("");
    boolean isPart = PART.matcher(file).matches() && parts.size() > 1;
    String name = isPart ? parts.get(1) : file;
    int folder = isPart ? 2 : 1;
    String around = parts.size() > folder ? parts.get(folder) : "";
    WarehouseTable<?> best = null;
    int longest = 0;
    for (WarehouseTable<?> table : tables()) {
      int fit = fit(mapping(table), name, around);
      if (fit > longest) {
        longest = fit;
        best = table;
      }
    }
    return Optional.ofNullable(best);
  }

  /** How many letters of a table's name stand in the file's; 0 if it is not of that table. */
  private int fit(SourceMapping mapping, String name, String folder) {
    String bare = withoutSource(mapping.name(), name);
    if (bare == null && source.equals(ALL) && !folder.equals(mapping.name())) {
      return 0;
    }
    return Stream.of(name, bare == null ? name : bare)
        .flatMapToInt(
            given ->
                mapping.tables().stream()
                    .filter(table -> given.startsWith(table))
                    .filter(table -> ADDITION.matcher(given.substring(table.length())).matches())
                    .mapToInt(String::length))
        .max()
        .orElse(0);
  }

  private static @Nullable String withoutSource(String source, String name) {
    return name.startsWith(source + "_") || name.startsWith(source + ".")
        ? name.substring(source.length() + 1)
        : null;
  }

  static SourceMapping mapping(WarehouseTable<?> table) {
    return table.contract().source().orElseThrow();
  }

  private static Stream<WarehouseTable<?>> ofContracts() {
    return Tables.all().stream().filter(table -> table.contract().source().isPresent());
  }
}
