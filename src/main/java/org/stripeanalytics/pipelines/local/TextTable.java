package org.stripeanalytics.pipelines.local;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.stripeanalytics.warehouse.QueryResult;

/** Tables in plain text: columns padded to their widest cell. */
final class TextTable {
  private static final String GAP = "  ";

  /**
   * A query's answer under its column names. Columns of numbers stand to the right, all others to
   * the left; a null is an empty cell.
   */
  static String of(QueryResult answer) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(answer.columns());
    answer.rows().forEach(row -> cells.add(row.stream().map(Values::toText).toList()));
    cells.add(1, widths(cells).stream().map("-"::repeat).toList());
    ImmutableSet<Integer> numbers =
        IntStream.range(0, answer.columns().size())
            .filter(c -> answer.rows().stream().anyMatch(row -> row.get(c) instanceof Number))
            .boxed()
            .collect(toImmutableSet());
    return lines("", cells, numbers);
  }

  /**
   * Lines of cells.
   *
   * @param indent what each line starts with
   * @param toTheRight the columns to be aligned there, counted from 0
   */
  static String lines(String indent, List<List<String>> cells, ImmutableSet<Integer> toTheRight) {
    List<Integer> widths = widths(cells);
    return cells.stream()
        .map(row -> indent + line(row, widths, toTheRight) + "\n")
        .collect(joining());
  }

  private static List<Integer> widths(List<List<String>> cells) {
    return IntStream.range(0, cells.get(0).size())
        .mapToObj(c -> cells.stream().mapToInt(row -> width(row.get(c))).max().orElseThrow())
        .toList();
  }

  private static String line(
      List<String> row, List<Integer> widths, ImmutableSet<Integer> toTheRight) {
    return IntStream.range(0, row.size())
        .mapToObj(c -> pad(row.get(c), widths.get(c), toTheRight.contains(c)))
        .collect(joining(GAP))
        .stripTrailing();
  }

  private static String pad(String cell, int width, boolean toTheRight) {
    String padding = " ".repeat(width - width(cell));
    return toTheRight ? padding + cell : cell + padding;
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  private TextTable() {}
}
