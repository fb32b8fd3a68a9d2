package org.stripeanalytics.pipelines.local;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableDoubleArray;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.stripeanalytics.attribution.Journeys;
import org.stripeanalytics.pipelines.BadInput;

/**
 * A CSV file of customer journeys, a row for each path and how often it was taken. The names of
 * columns are ours and those of the R package ChannelAttribution, whose files can be read as they
 * are.
 *
 * @param ignored columns that mean nothing here
 */
record PathsFile(Journeys journeys, boolean hasValue, ImmutableList<String> ignored) {
  private static final Splitter TOUCHES = Splitter.on('>').trimResults();

  private static final ImmutableListMultimap<String, String> NAMES =
      ImmutableListMultimap.<String, String>builder()
          .putAll("path", "path")
          .putAll("conversions", "conversions", "total_conversions")
          .putAll("value", "value", "total_conversion_value")
          .putAll("nulls", "nulls", "total_null")
          .putAll("days", "days")
          .build();

  /**
   * Reads a whole file.
   *
   * @throws BadInput when a column is missing or a row cannot be used
   */
  static PathsFile read(Path path) throws IOException {
    try (CsvFile file = CsvFile.open(path)) {
      Columns columns = Columns.of(path, file.header());
      Journeys.Builder journeys = Journeys.builder();
      int rows = 0;
      for (; file.next(); rows++) {
        columns.addTo(journeys, file);
      }
      if (rows == 0) {
        throw new BadInput(path + " has a header and no rows");
      }
      return new PathsFile(journeys.build(), columns.value() >= 0, columns.ignored());
    }
  }

  /** Where in the file each column is, -1 for one that it does not have. */
  private record Columns(
      int path, int conversions, int value, int nulls, int days, ImmutableList<String> ignored) {

    static Columns of(Path path, ImmutableList<String> header) {
      ImmutableSet<String> known = ImmutableSet.copyOf(NAMES.values());
      return new Columns(
          required(path, header, "path"),
          required(path, header, "conversions"),
          find(path, header, "value"),
          find(path, header, "nulls"),
          find(path, header, "days"),
          header.stream()
              .filter(name -> !known.contains(name))
              .collect(ImmutableList.toImmutableList()));
    }

    private static int required(Path path, ImmutableList<String> header, String name) {
      int column = find(path, header, name);
      if (column < 0) {
        throw new BadInput(
            "%s has no column %s; it has %s, and path,conversions[,value][,nulls][,days] are read"
                .formatted(path, name, String.join(",", header)));
      }
      return column;
    }

    private static int find(Path path, ImmutableList<String> header, String name) {
      List<String> given = header.stream().filter(NAMES.get(name)::contains).toList();
      if (given.size() > 1) {
        throw new BadInput(
            "%s has the column %s twice, as %s".formatted(path, name, String.join(" and ", given)));
      }
      return given.isEmpty() ? -1 : header.indexOf(given.get(0));
    }

    void addTo(Journeys.Builder journeys, CsvFile row) {
      List<String> touches = TOUCHES.splitToList(row.text(path));
      if (touches.contains("")) {
        throw row.fault(
            row.text(path).isEmpty()
                ? "has an empty path; leave out who touched no channel"
                : "has an empty channel in \"%s\"; channels are separated by \" > \""
                    .formatted(row.text(path)));
      }
      BigDecimal brought = value < 0 ? BigDecimal.ZERO : row.amount(value);
      if (row.amount(conversions).signum() == 0 && brought.signum() > 0) {
        throw row.fault("has a value of %s and no conversion".formatted(row.text(value)));
      }
      journeys.add(
          touches,
          days < 0 ? ImmutableDoubleArray.of() : daysBefore(row, touches.size()),
          row.amount(conversions),
          brought,
          nulls < 0 ? BigDecimal.ZERO : row.amount(nulls));
    }

    private ImmutableDoubleArray daysBefore(CsvFile row, int touches) {
      List<String> cells = TOUCHES.splitToList(row.text(days));
      if (cells.size() != touches) {
        throw row.fault(
            "has %d touches and %d days; give for each touch the days before the conversion, such as 14 > 7 > 0"
                .formatted(touches, cells.size()));
      }
      return cells.stream()
          .mapToDouble(cell -> row.amount("days", cell).doubleValue())
          .collect(
              ImmutableDoubleArray::builder,
              ImmutableDoubleArray.Builder::add,
              (a, b) -> a.addAll(b.build()))
          .build();
    }
  }
}
