package org.stripeanalytics.marts;

import static org.stripeanalytics.fold.Snapshots.aSubscription;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.fold.Snapshots.SubscriptionBuilder;
import org.stripeanalytics.fold.Timelines;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.model.raw.SubscriptionItem;
import org.stripeanalytics.model.schema.RowCoder;

/** Hand-made accounts for the marts' tests. */
final class Accounts {

  /** So many customers with one subscription each. */
  static List<Change> customersOn(
      SubscriptionItem item, int customers, String prefix, String from) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      changes.addAll(
          aSubscription()
              .id("sub_" + prefix + i)
              .of("cus_" + prefix + i)
              .on(item)
              .active(from)
              .changes());
    }
    return changes;
  }

  static List<Change> of(SubscriptionBuilder... subscriptions) {
    List<Change> changes = new ArrayList<>();
    for (SubscriptionBuilder subscription : subscriptions) {
      changes.addAll(subscription.changes());
    }
    return changes;
  }

  /** Folds the changes outside the pipeline and measures them inside. */
  static PCollection<KV<RowGroup, Sums<MrrMeasure>>> measured(
      TestPipeline pipeline, List<Change> changes) {
    return pipeline
        .apply(
            Create.of(Timelines.perCustomer(changes))
                .withCoder(RowCoder.of(CustomerTimeline.class)))
        .apply("MeasureMrr", MeasureMrr.of(ReportingFrame.defaults()));
  }

  private Accounts() {}
}
