package org.stripeanalytics.intermediate;

import com.google.common.collect.Iterables;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.Checkpoints;
import org.stripeanalytics.fold.CustomerFold;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.CustomerCheckpoint;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.staging.KeepTimestamps;

/**
 * Brings each customer's changes together and folds them: the one shuffle by customer. Bounded; the
 * output has one timeline per customer, in the global window with the minimum timestamp, so that
 * what follows may set event times.
 */
public final class FoldCustomers
    extends PTransform<PCollection<Change>, PCollection<CustomerTimeline>> {
  private final DataInterval interval;
  private final MetricPolicies policies;
  private final PCollectionView<Iterable<Catalog>> catalog;

  private FoldCustomers(
      DataInterval interval, MetricPolicies policies, PCollectionView<Iterable<Catalog>> catalog) {
    this.interval = interval;
    this.policies = policies;
    this.catalog = catalog;
  }

  public static FoldCustomers of(
      DataInterval interval, MetricPolicies policies, PCollectionView<Iterable<Catalog>> catalog) {
    return new FoldCustomers(interval, policies, catalog);
  }

  @Override
  public PCollection<CustomerTimeline> expand(PCollection<Change> changes) {
    return changes
        .apply("KeyByCustomer", WithKeys.of(Change::customerId))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RowCoder.of(Change.class)))
        .apply("KeepTimestamps", KeepTimestamps.create())
        .apply("GroupByCustomer", GroupByKey.create())
        .apply("Fold", ParDo.of(new FoldFn(interval, policies, catalog)).withSideInputs(catalog))
        .setCoder(RowCoder.of(CustomerTimeline.class));
  }

  private static final class FoldFn extends DoFn<KV<String, Iterable<Change>>, CustomerTimeline> {
    private final DataInterval interval;
    private final MetricPolicies policies;
    private final PCollectionView<Iterable<Catalog>> catalog;
    private transient @Nullable CustomerFold fold;

    FoldFn(
        DataInterval interval,
        MetricPolicies policies,
        PCollectionView<Iterable<Catalog>> catalog) {
      this.interval = interval;
      this.policies = policies;
      this.catalog = catalog;
    }

    @StartBundle
    public void startBundle() {
      fold = null;
    }

    @ProcessElement
    public void fold(ProcessContext context) {
      if (fold == null) {
        fold = new CustomerFold(Iterables.getOnlyElement(context.sideInput(catalog)), policies);
      }
      List<Change> changes = new ArrayList<>();
      List<CustomerCheckpoint> checkpoints = new ArrayList<>();
      for (Change change : context.element().getValue()) {
        if (change.getCheckpoint() == null) {
          changes.add(change);
        } else {
          checkpoints.add(change.getCheckpoint());
        }
      }
      context.output(
          fold.fold(
                  context.element().getKey(),
                  Checkpoints.newest(checkpoints, interval.from()),
                  changes,
                  interval)
              .timeline());
    }
  }
}
