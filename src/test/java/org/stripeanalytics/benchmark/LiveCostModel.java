package org.stripeanalytics.benchmark;

import java.util.List;
import java.util.Optional;
import org.stripeanalytics.pipelines.PipelineMain;
import org.stripeanalytics.pipelines.Pipelines;

/**
 * What webhooks and a schedule of ten minutes would cost in a month, at list prices, for an account
 * that sends so many events a day. Nothing of it was seen in the cloud: the runs are those that one
 * machine measured, scaled by customers.
 *
 * @param startUpCoreSeconds of a transform that finds nothing to do
 * @param coreSecondsPerCustomer of a transform of the open month, for each customer of the account
 * @param bytesPerEvent in {@code raw.events}
 */
record LiveCostModel(
    double startUpCoreSeconds, double coreSecondsPerCustomer, double bytesPerEvent) {
  static final double BUDGET = 25;
  static final double DAYS = 365.25 / 12;
  static final int RUNS_A_DAY = 144;

  /** Of the simulated account of 10,000 signups in December 2025: 19,967 events of all of them. */
  static final double EVENTS_PER_CUSTOMER_DAY = 0.0644;

  /** Of the same account in five years: 570,540 events. */
  static final double EVENTS_PER_CUSTOMER = 57.05;

  /** cloud.google.com/run/pricing, tier 1, requests that are billed while they are answered. */
  static final double SERVICE_VCPU_SECOND = 0.000024;

  static final double SERVICE_GIBIBYTE_SECOND = 0.0000025;

  /** Of an instance that is kept and answers nothing. */
  static final double IDLE_SECOND = 0.0000025;

  static final double MILLION_REQUESTS = 0.40;

  /** The same page, jobs. */
  static final double JOB_VCPU_SECOND = 0.000018;

  static final double JOB_GIBIBYTE_SECOND = 0.000002;

  /**
   * cloud.google.com/pubsub/pricing: publishing; a subscription that writes files; what is kept.
   */
  static final double PUBLISHED_TEBIBYTE = 40;

  static final double EXPORTED_TEBIBYTE = 50;
  static final double RETAINED_GIBIBYTE_MONTH = 0.27;

  /** cloud.google.com/storage/pricing, standard class: a month; 1,000 files that are written. */
  static final double LANDED_GIBIBYTE_MONTH = 0.02;

  static final double THOUSAND_WRITES = 0.005;

  /** cloud.google.com/bigquery/pricing: what a statement is billed for each table, at the least. */
  static final double LEAST_SCANNED_BYTES = 10e6;

  /** cloud.google.com/dataflow/pricing: streaming workers. */
  static final double STREAMING_VCPU_HOUR = 0.069;

  /** Cloud Run bills tenths of a second. */
  static final double SECONDS_PER_REQUEST = 0.1;

  static final double EDGE_GIBIBYTES = 0.5;

  /** A body as Stripe sends it, and with the attributes that the edge adds. */
  static final double BODY_BYTES = 3_000;

  static final double ATTRIBUTE_BYTES = 300;
  static final double RETAINED_DAYS = 7;

  /** Four writers, each a file every five minutes. */
  static final double FILES_A_DAY = 4 * 288;

  /** Memory of a Cloud Run job. */
  static final double JOB_GIBIBYTES_PER_VCPU = 2;

  /** Before a Dataflow job does anything, its worker of {@link CostModel#VCPUS} starts. */
  static final double DATAFLOW_START_HOURS = 3 / 60.0;

  private static final double GIBIBYTE = 1 << 30;
  private static final double TEBIBYTE = 1024 * GIBIBYTE;
  private static final double MONTH_SECONDS = DAYS * 86_400;

  /** One line of the bill, in dollars a month. */
  record Line(String what, double dollars) {}

  /** Nothing if a transform of the open month was not measured. */
  static Optional<LiveCostModel> of(Results results) {
    Sizes sizes = results.sizes();
    return results
        .of(Subject.INCREMENTAL_MONTH)
        .filter(unused -> sizes != null)
        .map(
            month ->
                new LiveCostModel(
                    month.startUpSeconds() * results.machine().cores(),
                    month.workSeconds() * results.machine().cores() / month.customers(),
                    (double) sizes.eventBytes() / sizes.customers() / EVENTS_PER_CUSTOMER));
  }

  double customers(double eventsADay) {
    return eventsADay / EVENTS_PER_CUSTOMER_DAY;
  }

  /** What is paid whatever runs on the events; storage after a year. */
  List<Line> fixed(double eventsADay, boolean keepsInstance) {
    double events = eventsADay * DAYS;
    double bytes = events * (BODY_BYTES + ATTRIBUTE_BYTES);
    return List.of(
        new Line("edge on Cloud Run, answering", answering(events)),
        new Line("edge on Cloud Run, waiting", keepsInstance ? waiting(events) : 0),
        new Line(
            "Pub/Sub, published, kept seven days and written to Cloud Storage",
            bytes / TEBIBYTE * (PUBLISHED_TEBIBYTE + EXPORTED_TEBIBYTE)
                + bytes / GIBIBYTE / DAYS * RETAINED_DAYS * RETAINED_GIBIBYTE_MONTH),
        new Line(
            "landing in Cloud Storage, a year of it",
            12 * bytes / GIBIBYTE * LANDED_GIBIBYTE_MONTH
                + FILES_A_DAY * DAYS / 1000 * THOUSAND_WRITES),
        new Line(
            "`raw.events` in BigQuery, a year of it",
            12 * events * bytesPerEvent / GIBIBYTE * CostModel.STORED_GIBIBYTE_MONTH));
  }

  private static double answering(double events) {
    return events
        * (SECONDS_PER_REQUEST * (SERVICE_VCPU_SECOND + EDGE_GIBIBYTES * SERVICE_GIBIBYTE_SECOND)
            + MILLION_REQUESTS / 1e6);
  }

  private static double waiting(double events) {
    return Math.max(0, MONTH_SECONDS - events * SECONDS_PER_REQUEST)
        * IDLE_SECOND
        * (1 + EDGE_GIBIBYTES);
  }

  /** Of a run of {@code ingest} and one of {@code transform}. */
  double coreSeconds(double eventsADay) {
    return 2 * startUpCoreSeconds + customers(eventsADay) * coreSecondsPerCustomer;
  }

  /** Both as jobs of Dataflow. */
  double dataflowRun(double eventsADay) {
    double work = customers(eventsADay) * coreSecondsPerCustomer / 3_600 * CostModel.VCPUS_PER_CORE;
    return CostModel.Job.of(work).dollars()
        + 2 * CostModel.Job.of(DATAFLOW_START_HOURS * CostModel.VCPUS).dollars();
  }

  /** Both in one process of a Cloud Run job. */
  double cloudRunJob(double eventsADay) {
    return coreSeconds(eventsADay)
        * (JOB_VCPU_SECOND + JOB_GIBIBYTES_PER_VCPU * JOB_GIBIBYTE_SECOND);
  }

  /**
   * BigQuery's least price of publishing a run: each table is deleted from, and inserted into from
   * its staging table; merged, by {@code ingest}, with the same two.
   */
  static double publication() {
    int named = 3 * tables(Pipelines.named("transform")) + 2 * tables(Pipelines.named("ingest"));
    return named * LEAST_SCANNED_BYTES / TEBIBYTE * CostModel.SCANNED_TEBIBYTE;
  }

  private static int tables(PipelineMain<?> pipeline) {
    return pipeline.manifest().writes().size();
  }

  /** {@code stream} on one n2-standard-2, day and night. */
  static double streaming() {
    return MONTH_SECONDS / 3_600 * (2 * STREAMING_VCPU_HOUR + 8 * CostModel.GIGABYTE_HOUR);
  }

  static double sum(List<Line> lines) {
    return lines.stream().mapToDouble(Line::dollars).sum();
  }

  /** How many runs a day are within the budget, as Cloud Run jobs that publish to BigQuery. */
  long mostRunsADay(double eventsADay) {
    double left = BUDGET - sum(fixed(eventsADay, false));
    return (long) Math.max(0, left / DAYS / (cloudRunJob(eventsADay) + publication()));
  }

  /**
   * With how many events a day runs every ten minutes are within the budget, as Cloud Run jobs that
   * publish where a run costs nothing; in thousands.
   */
  long mostEventsADay() {
    long thousands = 0;
    while (monthly((thousands + 1) * 1e3) <= BUDGET) {
      thousands++;
    }
    return thousands * 1000;
  }

  /** The same with so many events a day, in dollars. */
  double monthly(double eventsADay) {
    return sum(fixed(eventsADay, false)) + DAYS * RUNS_A_DAY * cloudRunJob(eventsADay);
  }
}
