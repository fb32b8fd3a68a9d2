package org.stripeanalytics.synthesis.sources;

import org.stripeanalytics.model.truth.CustomerTruth;
import org.stripeanalytics.synthesis.account.Population;

/**
 * The CRM and support systems that know a customer too. Each simulates its own trouble: contacts
 * that exist twice or were merged, leads that became contacts.
 */
public final class OtherSystems {

  /** Collects what every one of them knows of a customer. */
  public static void simulate(
      Population population, long index, CustomerTruth truth, SourceCollector out) {
    KnownCustomer customer = new KnownCustomer(population, index, truth, out);
    new SimulatedHubspot(customer).simulate();
    new SimulatedSalesforce(customer).simulate();
    new SimulatedSupport(customer).simulate();
  }

  private OtherSystems() {}
}
