package org.stripeanalytics.chaos;

import java.util.Map;

/** The campaign's table, in Markdown so that it can be quoted as it is printed. */
final class Scoreboard {
  private static final String HEAD =
      """
      | kind | tries | lost | mixed | bent | traces | unequal reruns | |
      |---|---|---|---|---|---|---|---|
      """;

  /**
   * @param tallies by kind of trial, in the order of the rows
   */
  static String render(Map<String, Tally> tallies) {
    StringBuilder table = new StringBuilder(HEAD);
    tallies.forEach(
        (kind, tally) ->
            table.append(
                "| %s | %,d | %d | %d | %d | %d | %d | %s |%n"
                    .formatted(
                        kind,
                        tally.tries(),
                        tally.lost(),
                        tally.mixed(),
                        tally.bent(),
                        tally.traces(),
                        tally.unequal(),
                        tally.note())));
    return table.toString();
  }

  private Scoreboard() {}
}
