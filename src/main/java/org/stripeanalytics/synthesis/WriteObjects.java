package org.stripeanalytics.synthesis;

import java.io.IOException;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PDone;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.account.Tally;

/**
 * Simulates a Stripe account and writes its objects as Stripe's API would return them, one file set
 * per raw table: {@code DIR/<table>/part-*}. Bounded. The files depend only on the account, the
 * interval and what is asked for, byte for byte; files of a part appear when the part is whole.
 */
public final class WriteObjects extends PTransform<PBegin, PDone> {
  private final AccountSimulation simulation;
  private final String directory;
  private final ObjectFormat format;
  private final boolean events;
  private final Faults faults;

  private WriteObjects(
      AccountSimulation simulation,
      String directory,
      ObjectFormat format,
      boolean events,
      Faults faults) {
    this.simulation = simulation;
    this.directory = directory;
    this.format = format;
    this.events = events;
    this.faults = faults;
  }

  /**
   * @param interval objects that changed in it are written as they stood at its end
   * @param truth whether the truth about the customers is written too
   */
  public static WriteObjects to(
      String directory, SimulatedAccount account, DataInterval interval, boolean truth) {
    return new WriteObjects(
        new AccountSimulation(account, interval, truth),
        directory,
        ObjectFormat.NDJSON,
        false,
        Faults.NONE);
  }

  /** Default: NDJSON without compression. */
  public WriteObjects withFormat(ObjectFormat other) {
    return new WriteObjects(simulation, directory, other, events, faults);
  }

  /**
   * Writes the events of the interval too. Default: no events.
   *
   * @param disturbance of their delivery
   */
  public WriteObjects withEvents(Faults disturbance) {
    return new WriteObjects(simulation, directory, format, true, disturbance);
  }

  /** Removes the files of objects that an earlier run has left in the directory. */
  public static void clear(String directory) throws IOException {
    for (String glob : ObjectFiles.globs(directory)) {
      MatchResult old = FileSystems.match(glob, EmptyMatchTreatment.ALLOW);
      FileSystems.delete(old.metadata().stream().map(MatchResult.Metadata::resourceId).toList());
    }
  }

  @Override
  public PDone expand(PBegin input) {
    input
        .apply("ListRanges", Create.of(simulation.ranges()))
        .apply("SpreadRanges", Reshuffle.viaRandomKey())
        .apply("WriteCustomers", ParDo.of(new WriteCustomersFn(this)))
        .setCoder(AddTallies.inputCoder())
        .apply("AddTallies", Combine.globally(new AddTallies()))
        .apply("WriteAccount", ParDo.of(new WriteAccountFn(this)));
    return PDone.in(input.getPipeline());
  }

  private ObjectFiles files(String part) {
    return new ObjectFiles(directory, part, format);
  }

  private ObjectCollector collector(ObjectFiles files) {
    return new ObjectCollector(simulation, files, events, faults);
  }

  private static final class WriteCustomersFn extends DoFn<Long, KV<Tally, Long>> {
    private final WriteObjects what;

    private WriteCustomersFn(WriteObjects what) {
      this.what = what;
    }

    @ProcessElement
    public void processElement(@Element Long range, OutputReceiver<KV<Tally, Long>> tallies)
        throws IOException {
      try (ObjectFiles files = what.files(String.format("%05d", range))) {
        ObjectCollector collector = what.collector(files);
        what.simulation.simulate(range, collector, tallies::output);
        collector.finish();
        files.finish();
      }
    }
  }

  private static final class WriteAccountFn extends DoFn<Map<Tally, Long>, Void> {
    private final WriteObjects what;

    private WriteAccountFn(WriteObjects what) {
      this.what = what;
    }

    @ProcessElement
    public void processElement(@Element Map<Tally, Long> totals) throws IOException {
      try (ObjectFiles files = what.files("account")) {
        ObjectCollector collector = what.collector(files);
        what.simulation.simulateAccount(totals, collector);
        collector.finish();
        files.finish();
      }
    }
  }
}
