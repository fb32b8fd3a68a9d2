package org.stripeanalytics.warehouse.postgresql;

import org.stripeanalytics.warehouse.StagedPublication;

/** Stages rows in unlogged tables, which one transaction reads. */
class PostgresPublication extends StagedPublication {
  PostgresPublication(StagingTables area, ContractTables tables) {
    super(area.runId(), area.interval(), area, new PublishStaged(area, tables));
  }
}
