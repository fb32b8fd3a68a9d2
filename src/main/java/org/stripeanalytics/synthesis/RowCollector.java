package org.stripeanalytics.synthesis;

import java.util.function.Consumer;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.raw.MarketingSpend;
import org.stripeanalytics.model.truth.CustomerTruth;
import org.stripeanalytics.synthesis.json.StripeJson;
import org.stripeanalytics.warehouse.RowSink;

/** Collects the rows of the raw tables: end-of-day versions and events. */
final class RowCollector implements HistoryCollector {
  private final Population population;
  private final StripeJson json;
  private final DataInterval interval;
  private final RowSink rows;

  RowCollector(Population population, StripeJson json, DataInterval interval, RowSink rows) {
    this.population = population;
    this.json = json;
    this.interval = interval;
    this.rows = rows;
  }

  @Override
  public void collect(Consumer<Recorder> history) {
    EndOfDayVersions versions = new EndOfDayVersions();
    EventLog events =
        new EventLog(population, json, interval, event -> rows.put(Tables.EVENTS, event.row()));
    history.accept(versions.and(events));
    versions.forEach(this::put);
  }

  @Override
  public void collect(MarketingSpend spend) {
    if (interval.contains(spend.getDay())) {
      rows.put(Tables.MARKETING_SPEND, spend);
    }
  }

  @Override
  public void collect(CustomerTruth truth) {
    rows.put(Tables.CUSTOMER_TRUTH, truth);
  }

  private <T> void put(Snapshot<T> version) {
    if (interval.contains(version.day())) {
      rows.put(version.table(), version.row());
    }
  }
}
