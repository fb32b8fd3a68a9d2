package org.stripeanalytics.chaos;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of the tries of one kind.
 *
 * @param tries how often something was broken
 * @param lost rows, objects or whole warehouses that were there before, or had been delivered, and
 *     are neither stored nor listed
 * @param mixed warehouses that hold part of an old and part of a new state
 * @param bent values that are stored otherwise than they were delivered
 * @param traces stack traces on the screen
 * @param unequal reruns that do not end with the tables of an undisturbed run
 * @param findings one line for each thing counted above, to find it again
 * @param note what a reader of the table should know, or an empty text
 */
record Tally(
    int tries,
    int lost,
    int mixed,
    int bent,
    int traces,
    int unequal,
    ImmutableList<String> findings,
    String note) {

  /** Nothing was tried, and why. */
  static Tally skipped(String reason) {
    return new Tally(0, 0, 0, 0, 0, 0, ImmutableList.of(), "not tried: " + reason);
  }

  boolean isClean() {
    return lost + mixed + bent + traces + unequal == 0;
  }

  /** Counts while tries are made; not for several threads. */
  static final class Counter {
    private final List<String> findings = new ArrayList<>();
    private int tries;
    private int lost;
    private int mixed;
    private int bent;
    private int traces;
    private int unequal;

    void tried() {
      tries++;
    }

    void lost(String finding) {
      lost++;
      findings.add("lost: " + finding);
    }

    void mixed(String finding) {
      mixed++;
      findings.add("mixed: " + finding);
    }

    void bent(String finding) {
      bent++;
      findings.add("bent: " + finding);
    }

    void trace(String finding) {
      traces++;
      findings.add("trace: " + finding);
    }

    void unequal(String finding) {
      unequal++;
      findings.add("unequal: " + finding);
    }

    int tries() {
      return tries;
    }

    Tally tally(String note) {
      return new Tally(
          tries, lost, mixed, bent, traces, unequal, ImmutableList.copyOf(findings), note);
    }
  }
}
