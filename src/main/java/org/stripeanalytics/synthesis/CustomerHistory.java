package org.stripeanalytics.synthesis;

import java.time.Instant;

/**
 * The whole history of one customer as a pure function of profile, seed and index: no clock, no
 * shared counter, no global state. A later end adds to it and rewrites nothing.
 */
final class CustomerHistory {
  private final Population population;
  private final ReportingDays days;
  private final Instant end;

  CustomerHistory(Population population, Instant end) {
    this.population = population;
    this.days = new ReportingDays(population.account.zone());
    this.end = end;
  }

  /** Tells the recorder every change of the customer's objects before the end, in order of time. */
  void simulate(long index, Recorder recorder) {
    Agenda agenda = new Agenda();
    CustomerLife.begin(population, index, agenda, new Journal(days, recorder));
    agenda.runUntil(end);
  }

  /** Likewise for the objects that belong to the account and to no customer. */
  void simulateAccount(Recorder recorder) {
    population.catalogue.record(new Journal(days, recorder));
  }

  /** Customers from 0 to this one, excluded, sign up before the end; at most one does not. */
  long customers() {
    return population.signups.customersBefore(end);
  }
}
