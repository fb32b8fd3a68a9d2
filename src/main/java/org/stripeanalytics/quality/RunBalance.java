package org.stripeanalytics.quality;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableMap;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.quality.RowTally.Way;

/** All tallies of a run, and whether they balance. */
final class RunBalance {
  private final Map<String, Map<Way, Long>> tables = new TreeMap<>();
  private final Map<String, Long> rules = new HashMap<>();

  private RunBalance() {}

  static RunBalance of(Iterable<RowTally> tallies) {
    RunBalance balance = new RunBalance();
    for (RowTally tally : tallies) {
      // The table of the rejected is the other side of the balance.
      if (!tally.getTable().startsWith(Layer.OPS.id() + ".")) {
        balance
            .tables
            .computeIfAbsent(tally.getTable(), table -> new EnumMap<>(Way.class))
            .merge(tally.way(), tally.getRows(), Long::sum);
        if (tally.way() == Way.REJECTED) {
          balance.rules.merge(tally.getRule(), tally.getRows(), Long::sum);
        }
      }
    }
    return balance;
  }

  long rows(Way way) {
    return tables.values().stream().mapToLong(ways -> ways.getOrDefault(way, 0L)).sum();
  }

  /**
   * Checks that every record that was found came to something, and that of every table as many rows
   * came in as were written, superseded, rejected or ignored.
   *
   * @throws RunFailedException with the numbers that differ, and the tables of which they do
   */
  void checkNothingIsLost() {
    long found = rows(Way.FOUND);
    long handled = rows(Way.HANDLED);
    if (found != handled) {
      throw new RunFailedException(
          ("records do not add up: %d were found, and %d came to a row, a rejection or a name under"
                  + " which they are ignored")
              .formatted(found, handled));
    }
    String lost =
        tables.entrySet().stream()
            .filter(table -> !balances(table.getValue()))
            .map(table -> sentence(table.getKey(), table.getValue()))
            .collect(joining("; "));
    if (!lost.isEmpty()) {
      throw new RunFailedException("rows do not add up: " + lost);
    }
  }

  /**
   * Checks that no more than a part of all rows was rejected.
   *
   * @param most from 0 to 1
   * @throws RunFailedException with the number of rows that break each rule
   */
  void checkRejectedFraction(double most, String runId) {
    long in = rows(Way.IN);
    long rejected = rows(Way.REJECTED);
    if (rejected > most * in) {
      throw new RunFailedException(
          String.format(
              Locale.ROOT,
              "%,d of %,d rows (%.2f %%) were rejected, more than --maxRejectedFraction=%s allows:"
                  + " %s; the others are published, and ops.rejected_records lists these under"
                  + " run_id %s",
              rejected,
              in,
              100.0 * rejected / in,
              most,
              rulesByRows(),
              runId));
    }
  }

  private String rulesByRows() {
    return rules.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(rule -> String.format(Locale.ROOT, "%,d %s", rule.getValue(), rule.getKey()))
        .collect(joining(", "));
  }

  private static boolean balances(Map<Way, Long> ways) {
    long out =
        ways.getOrDefault(Way.WRITTEN, 0L)
            + ways.getOrDefault(Way.SUPERSEDED, 0L)
            + ways.getOrDefault(Way.REJECTED, 0L)
            + ways.getOrDefault(Way.IGNORED, 0L);
    return ways.getOrDefault(Way.IN, 0L) == out;
  }

  private static String sentence(String table, Map<Way, Long> ways) {
    ImmutableMap<String, Long> named =
        ImmutableMap.of(
            "written", ways.getOrDefault(Way.WRITTEN, 0L),
            "superseded", ways.getOrDefault(Way.SUPERSEDED, 0L),
            "rejected", ways.getOrDefault(Way.REJECTED, 0L),
            "ignored", ways.getOrDefault(Way.IGNORED, 0L));
    return "%s: %d in, but %s"
        .formatted(
            table.equals(RowTally.NO_TABLE) ? "rows of no table" : table,
            ways.getOrDefault(Way.IN, 0L),
            named.entrySet().stream()
                .map(way -> way.getValue() + " " + way.getKey())
                .collect(joining(" + ")));
  }
}
