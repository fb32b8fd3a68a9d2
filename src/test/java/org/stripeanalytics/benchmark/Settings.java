package org.stripeanalytics.benchmark;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.BadInput;

/**
 * What the user asked for.
 *
 * @param customers of the default run; other sizes are multiples of it
 * @param runs of everything up to {@code 2 * customers}
 * @param largeRuns of everything above
 * @param only subjects, sections, or whole runs of a size, as in {@code run-local-300000}; empty
 *     for all but the largest run
 * @param heap the {@code -Xmx} of the pipelines; empty for that of the scripts
 * @param output where results and page are written
 * @param renderOnly whether nothing is measured and only the page is written
 */
record Settings(
    long customers,
    boolean quick,
    int runs,
    int largeRuns,
    ImmutableSet<String> only,
    Optional<String> heap,
    Path output,
    boolean renderOnly) {
  private static final ImmutableSet<String> OPTIONS =
      ImmutableSet.of(
          "customers", "quick", "runs", "largeRuns", "only", "heap", "output", "render");
  private static final ImmutableSet<String> SECTIONS =
      ImmutableSet.of("synthesis", "load", "transform", "whole", "growth", "sizes");
  private static final String WHOLE_RUN = Subject.RUN_LOCAL.id() + "-[1-9][0-9]{0,8}";
  private static final long DEFAULT_CUSTOMERS = 10_000;
  private static final long QUICK_CUSTOMERS = 200;
  private static final int DEFAULT_RUNS = 5;

  /**
   * @throws BadInput when it cannot be used
   */
  static Settings parse(List<String> args) {
    Arguments given = Arguments.parse(args);
    given.allowOnly(OPTIONS);
    List<String> faults = new ArrayList<>();
    given.words().forEach(word -> faults.add("unexpected " + word));
    boolean quick = given.option("quick").isPresent();
    ImmutableSet<String> only =
        given
            .option("only")
            .map(names -> ImmutableSet.copyOf(Splitter.on(',').split(names)))
            .orElse(ImmutableSet.of());
    only.stream()
        .filter(Predicate.not(Settings::isKnown))
        .forEach(
            name ->
                faults.add(
                    "--only=%s is not measured; allowed are %s, %s and run-local-CUSTOMERS"
                        .formatted(
                            name,
                            String.join(", ", SECTIONS),
                            String.join(
                                ", ", Arrays.stream(Subject.values()).map(Subject::id).toList()))));
    given
        .option("heap")
        .filter(heap -> !heap.matches("[1-9][0-9]*[gm]"))
        .ifPresent(heap -> faults.add("--heap=" + heap + " is no size; allowed are those as 8g"));
    Settings settings =
        new Settings(
            number(given, "customers", quick ? QUICK_CUSTOMERS : DEFAULT_CUSTOMERS, faults),
            quick,
            (int) number(given, "runs", quick ? 1 : DEFAULT_RUNS, faults),
            (int) number(given, "largeRuns", 1, faults),
            only,
            given.option("heap"),
            Path.of(
                given.option("output").orElse(quick ? "target/benchmark" : "scripts/benchmark")),
            given.option("render").isPresent());
    if (!faults.isEmpty()) {
      throw new BadInput(faults);
    }
    return settings;
  }

  private static long number(Arguments given, String name, long byDefault, List<String> faults) {
    String text = given.option(name).orElse(Long.toString(byDefault));
    if (!text.matches("[1-9][0-9]{0,7}")) {
      faults.add("--%s=%s is out of range; allowed are 1 to 99999999".formatted(name, text));
      return byDefault;
    }
    return Long.parseLong(text);
  }

  private static boolean isKnown(String name) {
    return SECTIONS.contains(name)
        || name.matches(WHOLE_RUN)
        || Stream.of(Subject.values()).anyMatch(subject -> subject.id().equals(name));
  }

  boolean wants(Subject subject) {
    return wants(subject.id(), subject.section());
  }

  boolean wants(String name, String section) {
    return only.isEmpty() || only.contains(name) || only.contains(section);
  }

  /** The accounts that go through whole runs, the smallest first. */
  List<Long> wholeRuns() {
    List<Long> asked =
        only.stream()
            .filter(name -> name.matches(WHOLE_RUN))
            .map(name -> Long.parseLong(name.substring(Subject.RUN_LOCAL.id().length() + 1)))
            .toList();
    Stream<Long> usual =
        quick
            ? Stream.of(customers)
            : Stream.of(Math.max(1, customers / 10), customers, customers * 10);
    return Stream.concat(wants(Subject.RUN_LOCAL) ? usual : Stream.of(), asked.stream())
        .distinct()
        .sorted()
        .toList();
  }

  int runsOf(long size) {
    return size > 2 * customers ? largeRuns : runs;
  }

  /** The same of fewer or more customers; {@code --quick} has one size. */
  long scaled(long percent) {
    return quick ? customers : Math.max(1, customers * percent / 100);
  }
}
