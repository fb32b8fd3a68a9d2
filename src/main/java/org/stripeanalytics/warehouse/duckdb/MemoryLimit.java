package org.stripeanalytics.warehouse.duckdb;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much memory DuckDB may take before it moves what it works on to disk. By itself it takes four
 * fifths of the machine, as if the heap of this process were not there, and the kernel ends a
 * process that takes more than there is.
 */
final class MemoryLimit {
  private static final long LEAST_BYTES = 1L << 30;

  /** The rest is left to the JVM's own memory outside its heap, and to other processes. */
  private static final double SHARE_BESIDE_HEAP = 0.6;

  // Connections to one database must ask for the same, so it is not looked up again.
  private static final long OF_THIS_PROCESS =
      bytes(memoryOfMachineOrContainer(), Runtime.getRuntime().maxMemory());

  private MemoryLimit() {}

  /** In bytes; the same for as long as the process lives. */
  static long ofThisProcess() {
    return OF_THIS_PROCESS;
  }

  /**
   * Returns a share of the memory that the largest heap leaves, or the little that DuckDB needs in
   * any case.
   */
  static long bytes(long memory, long largestHeap) {
    return Math.max(LEAST_BYTES, (long) (SHARE_BESIDE_HEAP * (memory - largestHeap)));
  }

  private static long memoryOfMachineOrContainer() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }
}
