package org.stripeanalytics.synthesis.life;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.stripeanalytics.model.raw.MarketingSpend;
import org.stripeanalytics.model.truth.CustomerTruth;
import org.stripeanalytics.synthesis.account.AccountLife;
import org.stripeanalytics.synthesis.account.MarketingPlan;
import org.stripeanalytics.synthesis.account.Population;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.account.Tallies;
import org.stripeanalytics.synthesis.account.Tally;
import org.stripeanalytics.synthesis.history.Agenda;
import org.stripeanalytics.synthesis.history.Journal;
import org.stripeanalytics.synthesis.history.Recorder;
import org.stripeanalytics.synthesis.history.ReportingDays;

/**
 * The whole history of one customer as a pure function of profile, seed and index: no clock, no
 * shared counter, no global state. A later end adds to it and rewrites nothing.
 */
public final class CustomerHistory {
  private final Population population;
  private final ReportingDays days;
  private final Instant end;

  public static CustomerHistory of(SimulatedAccount account) {
    return new CustomerHistory(new Population(account), account.endInstant());
  }

  CustomerHistory(Population population, Instant end) {
    this.population = population;
    this.days = new ReportingDays(population.account().zone());
    this.end = end;
  }

  /**
   * Passes the recorder every change of the customer's objects before the end, in order of time.
   *
   * @return what the simulation knows about the customer; nothing for one who has not signed up
   */
  public Optional<CustomerTruth> simulate(long index, Recorder recorder) {
    Agenda agenda = new Agenda();
    CustomerLife life = CustomerLife.begin(population, index, agenda, new Journal(days, recorder));
    agenda.runUntil(end);
    return life.truth();
  }

  /** Likewise for what the account sells, which belongs to no customer. */
  public void simulateCatalogue(Recorder recorder) {
    population.catalogue().record(new Journal(days, recorder));
  }

  /**
   * Likewise for the objects of the account that depend on what its customers do.
   *
   * @param totals what {@link Tallies} added up over all customers
   */
  public void simulateAccount(Map<Tally, Long> totals, Recorder recorder) {
    new AccountLife(population, new Journal(days, recorder), totals).simulate(end);
  }

  /** What was spent on marketing, day by day. */
  public void simulateMarketing(Consumer<MarketingSpend> rows) {
    new MarketingPlan(population)
        .spend(population.account().start(), population.account().end(), rows);
  }

  public Population population() {
    return population;
  }

  /** Customers from 0 to this one, excluded, sign up before the end; at most one does not. */
  public long customers() {
    return population.signups().customersBefore(end);
  }
}
