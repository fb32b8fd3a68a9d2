package org.stripeanalytics.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The bill of {@link LiveCostModel}, and whether it is within its budget. */
final class LiveCostTable {
  static final double EVENTS_A_DAY = 100_000;

  private LiveCostTable() {}

  static String of(Results results) {
    Optional<LiveCostModel> model = LiveCostModel.of(results);
    return model.isEmpty() ? "not measured" : table(model.get()) + "\n\n" + verdict(model.get());
  }

  private static String table(LiveCostModel model) {
    double runs = LiveCostModel.DAYS * LiveCostModel.RUNS_A_DAY;
    List<LiveCostModel.Line> lines = new ArrayList<>(model.fixed(EVENTS_A_DAY, true));
    lines.add(
        new LiveCostModel.Line(
            "**all of these, whatever runs on the events**", LiveCostModel.sum(lines)));
    lines.add(
        new LiveCostModel.Line(
            "and `ingest` and `transform` every ten minutes on Dataflow",
            runs * model.dataflowRun(EVENTS_A_DAY)));
    lines.add(
        new LiveCostModel.Line(
            "or both in a Cloud Run job, in memory", runs * model.cloudRunJob(EVENTS_A_DAY)));
    lines.add(
        new LiveCostModel.Line(
            "and publishing them to BigQuery, at the least", runs * LiveCostModel.publication()));
    lines.add(new LiveCostModel.Line("or `stream`, day and night", LiveCostModel.streaming()));
    StringBuilder table = new StringBuilder("| what | a month |\n|---|---|");
    lines.forEach(
        line ->
            table.append(
                String.format(Locale.ROOT, "\n| %s | $%,.2f |", line.what(), line.dollars())));
    return table.toString();
  }

  private static String verdict(LiveCostModel model) {
    return String.format(
        Locale.ROOT,
        """
        Runs every ten minutes for %,.0f events a day are **%s $%.0f**: a simulated account that sends
        so many has %,.1f million customers, and a run of its open month takes %,.0f s of a core. Within $%.0f are,
        without an instance that waits (`minScale: "0"`; the first webhook after a pause then waits for a start),
        the edge, Pub/Sub, the landing and `raw.events` at $%.2f and **%d runs a day** as a Cloud Run job that publishes to
        BigQuery; or runs every ten minutes for up to %,d events a day, published to a PostgreSQL that is there
        anyway. No template starts such a job yet. What a run reads makes the difference: all stored payments
        and states of customers, and not only what has changed.""",
        EVENTS_A_DAY,
        model.monthly(EVENTS_A_DAY) <= LiveCostModel.BUDGET ? "within" : "not within",
        LiveCostModel.BUDGET,
        model.customers(EVENTS_A_DAY) / 1e6,
        model.coreSeconds(EVENTS_A_DAY),
        LiveCostModel.BUDGET,
        LiveCostModel.sum(model.fixed(EVENTS_A_DAY, false)),
        model.mostRunsADay(EVENTS_A_DAY),
        model.mostEventsADay());
  }
}
