package org.stripeanalytics.synthesis;

import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Consumer;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.raw.Event;
import org.stripeanalytics.model.raw.MarketingSpend;
import org.stripeanalytics.model.truth.CustomerTruth;
import org.stripeanalytics.model.truth.TrueIdentity;
import org.stripeanalytics.synthesis.account.Population;
import org.stripeanalytics.synthesis.history.Recorder;
import org.stripeanalytics.synthesis.history.Snapshot;
import org.stripeanalytics.synthesis.json.StripeJson;
import org.stripeanalytics.synthesis.sources.OtherSystems;
import org.stripeanalytics.synthesis.sources.SimulatedAds;
import org.stripeanalytics.synthesis.sources.SourceCollector;
import org.stripeanalytics.synthesis.sources.WebVisits;
import org.stripeanalytics.warehouse.RowSink;

/**
 * Collects the rows of the raw tables: end-of-day versions and events, as often as their day is
 * loaded.
 */
final class RowCollector implements HistoryCollector {
  private final Population population;
  private final StripeJson json;
  private final DataInterval interval;
  private final RowSink rows;
  private final boolean sources;
  private final boolean truthOfSources;

  RowCollector(Population population, StripeJson json, DataInterval interval, RowSink rows) {
    this(population, json, interval, rows, false, false);
  }

  /**
   * @param sources whether what other systems know is wanted
   * @param truthOfSources whether it is wanted of that who is who
   */
  RowCollector(
      Population population,
      StripeJson json,
      DataInterval interval,
      RowSink rows,
      boolean sources,
      boolean truthOfSources) {
    this.sources = sources;
    this.truthOfSources = truthOfSources;
    this.population = population;
    this.json = json;
    this.interval = interval;
    this.rows = rows;
  }

  @Override
  public void collect(Consumer<Recorder> history) {
    EndOfDayVersions versions = new EndOfDayVersions();
    EventLog events = new EventLog(population, json, interval, this::put);
    history.accept(versions.and(events));
    versions.forEach(this::put);
  }

  @Override
  public void collect(MarketingSpend spend) {
    // Nobody enters by hand what the platforms report.
    if (sources && SimulatedAds.reports(spend.getChannel())) {
      new SimulatedAds(population, collector()).report(spend);
    } else if (interval.contains(spend.getDay())) {
      load(Tables.MARKETING_SPEND, spend, spend.getDay());
    }
  }

  @Override
  public void collect(CustomerTruth truth) {
    rows.put(Tables.TRUTH_CUSTOMERS, truth);
  }

  @Override
  public void collectSources(long index, CustomerTruth truth) {
    if (!sources) {
      return;
    }
    SourceCollector collector = collector();
    OtherSystems.simulate(population, index, truth, collector);
    WebVisits.simulate(population, index, truth, collector);
  }

  @Override
  public void collectSources() {
    if (sources) {
      new SimulatedAds(population, collector()).describe();
    }
  }

  private SourceCollector collector() {
    return new SourceCollector() {
      @Override
      public <T> void collect(WarehouseTable<T> table, T row, Instant at) {
        if (interval.contains(LocalDate.ofInstant(at, population.account().zone()))) {
          rows.put(table, row);
        }
      }

      @Override
      public void collect(TrueIdentity identity) {
        if (truthOfSources) {
          rows.put(Tables.TRUTH_IDENTITIES, identity);
        }
      }
    };
  }

  private void put(Announcement event) {
    Event row = event.row();
    load(Tables.EVENTS, row, row.getSnapshotDate());
  }

  private <T> void put(Snapshot<T> version) {
    if (interval.contains(version.day())) {
      load(version.table(), version.row(), version.day());
    }
  }

  private <T> void load(WarehouseTable<T> table, T row, LocalDate day) {
    for (int load = 0; load < population.incidents().loadsOf(day); load++) {
      rows.put(table, row);
    }
  }
}
