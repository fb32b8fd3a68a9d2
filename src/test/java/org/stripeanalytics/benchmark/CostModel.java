package org.stripeanalytics.benchmark;

/**
 * What one full run of five years would take on Dataflow and BigQuery, computed from what one
 * machine measured. Nothing of it was seen there.
 *
 * @param objectsPerCoreSecond of synthesis
 * @param rowsPerCoreSecond raw rows of the transform
 */
record CostModel(double objectsPerCoreSecond, double rowsPerCoreSecond, Sizes sizes) {
  /** List prices in US dollars of region us-central1 and of multi-region US, as of January 2025. */
  static final double VCPU_HOUR = 0.056;

  static final double GIGABYTE_HOUR = 0.003557;
  static final double SHUFFLED_GIGABYTE = 0.011;
  static final double SCANNED_TEBIBYTE = 6.25;
  static final double READ_TEBIBYTE = 1.10;
  static final double STORED_GIBIBYTE_MONTH = 0.02;

  /** n2-standard-4, as the environments have it. */
  static final int VCPUS = 4;

  static final int GIGABYTES = 16;
  static final int MOST_WORKERS = 20;

  /** Workers are added until a job takes no longer, or there are no more. */
  static final double WANTED_HOURS = 1;

  /** What a service that shuffles over a network needs, against one process on a measured core. */
  static final double VCPUS_PER_CORE = 2;

  /** How often BigQuery scans what is written: to publish it, and for the data tests. */
  static final int SCANS = 2;

  private static final double GIGABYTE = 1e9;
  private static final double GIBIBYTE = 1 << 30;
  private static final double TEBIBYTE = 1024 * GIBIBYTE;

  /** One pipeline's job. */
  record Job(double vcpuHours, int workers, double hours) {
    static Job of(double vcpuHours) {
      int workers =
          (int) Math.min(MOST_WORKERS, Math.max(1, Math.ceil(vcpuHours / VCPUS / WANTED_HOURS)));
      return new Job(vcpuHours, workers, vcpuHours / VCPUS / workers);
    }

    double dollars() {
      return vcpuHours * (VCPU_HOUR + GIGABYTE_HOUR * GIGABYTES / VCPUS);
    }
  }

  /**
   * @param customers who sign up in five years
   * @param shuffledGigabytes of the transform
   * @param scannedTebibytes by queries
   * @param readTebibytes through the Storage Read API
   */
  record Estimate(
      long customers,
      double objects,
      Job synthesize,
      Job transform,
      double shuffledGigabytes,
      double storedGibibytes,
      double scannedTebibytes,
      double readTebibytes) {

    double dataflowDollars() {
      return synthesize.dollars() + transform.dollars() + shuffledGigabytes * SHUFFLED_GIGABYTE;
    }

    double bigQueryDollars() {
      return scannedTebibytes * SCANNED_TEBIBYTE + readTebibytes * READ_TEBIBYTE;
    }

    double storageDollarsPerMonth() {
      return storedGibibytes * STORED_GIBIBYTE_MONTH;
    }
  }

  Estimate of(long customers) {
    double scale = (double) customers / sizes.customers();
    double objects = scale * sizes.rawRows();
    double written = scale * (sizes.rawBytes() + sizes.computedBytes());
    // The fold reads no event; all else it reads is shuffled once, at most whole.
    double read = scale * (sizes.rawBytes() - sizes.eventBytes());
    return new Estimate(
        customers,
        objects,
        Job.of(vcpuHours(objects / objectsPerCoreSecond)),
        Job.of(vcpuHours(objects / rowsPerCoreSecond)),
        read / GIGABYTE,
        written / GIBIBYTE,
        SCANS * written / TEBIBYTE,
        read / TEBIBYTE);
  }

  private static double vcpuHours(double coreSeconds) {
    return coreSeconds / 3_600 * VCPUS_PER_CORE;
  }
}
