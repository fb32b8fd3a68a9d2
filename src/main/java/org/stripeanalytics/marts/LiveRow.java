package org.stripeanalytics.marts;

import static org.stripeanalytics.contract.Tables.LIVE_FUNNEL;
import static org.stripeanalytics.contract.Tables.LIVE_MRR;
import static org.stripeanalytics.contract.Tables.LIVE_PAYMENTS;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableSet;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.marts.LiveFunnel;
import org.stripeanalytics.model.marts.LiveMrr;
import org.stripeanalytics.model.marts.LivePayments;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.RowSink;

/** A row of one of the live marts that does not say yet which events it contains. One is set. */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class LiveRow {
  static final ImmutableSet<WarehouseTable<?>> TABLES =
      ImmutableSet.of(LIVE_MRR, LIVE_PAYMENTS, LIVE_FUNNEL);

  abstract @Nullable LiveMrr getMrr();

  abstract @Nullable LivePayments getPayments();

  abstract @Nullable LiveFunnel getFunnel();

  static void ofRow(Object row, Consumer<LiveRow> live) {
    if (row instanceof LiveMrr mrr) {
      live.accept(builder().setMrr(mrr).build());
    } else if (row instanceof LivePayments payments) {
      live.accept(builder().setPayments(payments).build());
    } else if (row instanceof LiveFunnel funnel) {
      live.accept(builder().setFunnel(funnel).build());
    }
  }

  /** Completes the row with what its figures contain. */
  void put(StoredEvents events, RowSink rows) {
    if (getMrr() != null) {
      rows.put(
          LIVE_MRR,
          getMrr().toBuilder()
              .setNewestEventAt(events.getNewestAt())
              .setEventsBehind(events.getBehind())
              .build());
    } else if (getPayments() != null) {
      rows.put(
          LIVE_PAYMENTS,
          getPayments().toBuilder()
              .setNewestEventAt(events.getNewestAt())
              .setEventsBehind(events.getBehind())
              .build());
    } else {
      rows.put(
          LIVE_FUNNEL,
          getFunnel().toBuilder()
              .setNewestEventAt(events.getNewestAt())
              .setEventsBehind(events.getBehind())
              .build());
    }
  }

  static Builder builder() {
    return new AutoValue_LiveRow.Builder();
  }

  /** Beam rebuilds rows through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setMrr(@Nullable LiveMrr row);

    abstract Builder setPayments(@Nullable LivePayments row);

    abstract Builder setFunnel(@Nullable LiveFunnel row);

    abstract LiveRow build();
  }
}
