package org.stripeanalytics.pipelines.local;

import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.warehouse.duckdb.ProcessFolder;

/**
 * Where this process has its temporary files: a folder of its own. DuckDB, Arrow, Snappy and Flink
 * each unpack a library there at every start, a hundred megabytes together, and a process that is
 * killed does not remove them.
 */
final class TemporaryFiles {
  private static final Logger LOG = LoggerFactory.getLogger(TemporaryFiles.class);
  private static final String PROPERTY = "java.io.tmpdir";
  private static final String PREFIX = "stripe-analytics-";

  private TemporaryFiles() {}

  /**
   * Moves to such a folder, which goes with the process, and removes those of processes that were
   * killed. Has to come first: Java's own classes look up the property once.
   */
  static void ofThisProcess() {
    Path parent = Path.of(System.getProperty(PROPERTY));
    try {
      ProcessFolder.removeDead(parent, PREFIX);
      ProcessFolder folder = ProcessFolder.create(parent, PREFIX);
      System.setProperty(PROPERTY, folder.path().toString());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder), "remove-temporary"));
    } catch (IOException e) {
      LOG.debug("temporary files go to {} itself", parent, e);
    }
  }

  private static void remove(ProcessFolder folder) {
    try {
      folder.close();
    } catch (IOException e) {
      // Something still writes there; the next process finds it.
      LOG.debug("{} stays", folder.path(), e);
    }
  }
}
