package org.stripeanalytics.chaos;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.BadInput;

/**
 * What the user asked for.
 *
 * @param only names of the rows to fill; empty for all
 * @param quick whether a tenth of the tries is enough
 */
record Settings(long seed, ImmutableSet<String> only, boolean quick) {

  /**
   * @param names of all rows
   * @throws BadInput when the command line cannot be used
   */
  static Settings parse(List<String> args, Set<String> names) {
    Arguments given = Arguments.parse(args);
    given.allowOnly(ImmutableSet.of("seed", "only", "quick"));
    List<String> faults = new ArrayList<>();
    given.words().forEach(word -> faults.add("unexpected " + word));
    String seed = given.option("seed").orElse("1");
    if (!seed.matches("[0-9]{1,18}")) {
      faults.add("--seed=" + seed + " is not a number; allowed are 0 to 999999999999999999");
    }
    ImmutableSet<String> only =
        given
            .option("only")
            .map(list -> ImmutableSet.copyOf(Splitter.on(',').split(list)))
            .orElse(ImmutableSet.of());
    only.stream()
        .filter(name -> !names.contains(name))
        .forEach(
            name ->
                faults.add(
                    "--only=%s is unknown; allowed are %s"
                        .formatted(name, String.join(", ", names))));
    if (!faults.isEmpty()) {
      throw new BadInput(faults);
    }
    return new Settings(Long.parseLong(seed), only, given.option("quick").isPresent());
  }

  boolean wants(Trials trials) {
    return only.isEmpty() || only.contains(trials.name());
  }

  /** A number of tries, or a tenth of it. */
  int tries(int all) {
    return quick ? Math.max(1, all / 10) : all;
  }
}
