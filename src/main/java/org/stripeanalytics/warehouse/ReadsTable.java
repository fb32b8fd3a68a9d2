package org.stripeanalytics.warehouse;

/** What reads a table as a step of a pipeline, so that a graph can be asked what it reads. */
public interface ReadsTable {
  TableRead<?> tableRead();
}
