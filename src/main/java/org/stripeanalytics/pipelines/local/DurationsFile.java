package org.stripeanalytics.pipelines.local;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.prediction.Observation;

/**
 * A file of how long each customer was observed, and whether that ended with the event.
 *
 * @param groups names of groups in the order in which they are compared: as numbers if all are
 *     numbers, otherwise as text; one without a name if nothing groups the rows
 */
record DurationsFile(ImmutableList<String> groups, ImmutableList<Row> rows) {
  private static final int MOST_GROUPS = 100;

  private static final String GROUP = "group";

  /** Programs write 0.3 as 0.30000000000000004 too; that must not separate events of one time. */
  private static final MathContext DIGITS = new MathContext(12);

  /**
   * @param covariates as many as were asked for; NaN where the cell is empty or NA
   */
  record Row(Observation observation, String group, double[] covariates) {
    boolean isComplete() {
      for (double covariate : covariates) {
        if (Double.isNaN(covariate)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Reads the columns {@code duration} and {@code event}, the one that groups the rows, and
   * covariates; others are allowed.
   *
   * @param by the column that groups the rows; empty means {@code group} if there is one
   * @throws BadInput when a column is missing, a cell holds what it may not, or there is no row
   */
  static DurationsFile read(Path path, Optional<String> by, List<String> covariates)
      throws IOException {
    try (CsvFile file = CsvFile.open(path)) {
      int duration = file.column("duration");
      int event = file.column("event");
      Optional<Integer> group =
          by.or(() -> Optional.of(GROUP).filter(file.header()::contains))
              .filter(name -> !name.isBlank())
              .map(file::column);
      List<Integer> covariateColumns = covariates.stream().map(file::column).toList();
      ImmutableList.Builder<Row> rows = ImmutableList.builder();
      while (file.next()) {
        double[] values = new double[covariates.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = covariate(file, covariateColumns.get(i));
        }
        Observation observation =
            new Observation(
                file.amount(duration).round(DIGITS).doubleValue(), isEvent(file, event));
        rows.add(new Row(observation, group.map(c -> group(file, c)).orElse(""), values));
      }
      return of(path, rows.build());
    }
  }

  private static DurationsFile of(Path path, ImmutableList<Row> rows) {
    if (rows.isEmpty()) {
      throw new BadInput(path + " has no row below its header");
    }
    ImmutableList<String> groups =
        rows.stream().map(Row::group).distinct().collect(toImmutableList());
    if (groups.size() > MOST_GROUPS) {
      throw new BadInput(
          "%s has %d groups; at most %d can be compared; --by names the column that groups rows"
              .formatted(path, groups.size(), MOST_GROUPS));
    }
    return new DurationsFile(inOrder(groups), rows);
  }

  private static ImmutableList<String> inOrder(List<String> groups) {
    List<String> sorted = new ArrayList<>(groups);
    sorted.sort(
        groups.stream().allMatch(DurationsFile::isNumber)
            ? Comparator.comparing(BigDecimal::new)
            : Comparator.naturalOrder());
    return ImmutableList.copyOf(sorted);
  }

  private static boolean isNumber(String text) {
    try {
      BigDecimal unused = new BigDecimal(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isEvent(CsvFile file, int column) {
    return switch (file.text(column)) {
      case "1", "1.0", "true", "True", "TRUE" -> true;
      case "0", "0.0", "false", "False", "FALSE" -> false;
      default ->
          throw file.notAllowed(
              column, "1 where the event happened and 0 where it had not by then");
    };
  }

  private static String group(CsvFile file, int column) {
    String group = file.text(column);
    if (group.isEmpty()) {
      throw file.notAllowed(column, "names of groups");
    }
    return group;
  }

  private static double covariate(CsvFile file, int column) {
    String text = file.text(column);
    return text.isEmpty() || text.equals("NA") ? Double.NaN : file.number(column).doubleValue();
  }

  /** The observations of a group. */
  List<Observation> of(String group) {
    return rows.stream().filter(row -> row.group().equals(group)).map(Row::observation).toList();
  }
}
