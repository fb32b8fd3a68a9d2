package org.stripeanalytics.chaos;

/** One way of breaking things, tried many times: a row of the campaign's table. */
interface Trials {
  /** What the table and {@code --only} call it; lower-case words joined by hyphens. */
  String name();

  /**
   * Makes all tries. The same seed makes the same tries, as far as the moment at which a process
   * dies can be chosen.
   *
   * @throws Exception when a try could not be made; what a try has broken is in the tally
   */
  Tally run(Workplace workplace) throws Exception;
}
