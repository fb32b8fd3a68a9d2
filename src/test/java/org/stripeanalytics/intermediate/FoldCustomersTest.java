package org.stripeanalytics.intermediate;

import static org.stripeanalytics.fold.Snapshots.CATALOG;
import static org.stripeanalytics.fold.Snapshots.aSubscription;
import static org.stripeanalytics.fold.Snapshots.professional;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.fold.Snapshots;
import org.stripeanalytics.fold.Timelines;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.model.schema.RowCoder;

@ExtendWith(TestPipelineExtension.class)
class FoldCustomersTest {

  @Test
  void everyCustomersChangesAreFoldedTogetherAndApartFromTheOthers(TestPipeline pipeline) {
    List<Change> changes = new ArrayList<>();
    changes.add(Snapshots.customer("cus_1", "2024-01-10", "US"));
    changes.add(Snapshots.customer("cus_2", "2024-01-11", "DE"));
    changes.addAll(aSubscription().active("2024-01-10").canceled("2024-03-10").changes());
    changes.addAll(
        aSubscription().id("sub_2").of("cus_2").on(professional()).active("2024-01-11").changes());
    // A fixed seed, so that a failure can be repeated.
    Collections.shuffle(changes, new Random(3));

    PCollectionView<Iterable<Catalog>> catalog =
        pipeline
            .apply("Catalog", Create.of(CATALOG).withCoder(SerializableCoder.of(Catalog.class)))
            .apply(View.asIterable());
    PCollection<CustomerTimeline> timelines =
        pipeline
            .apply("Changes", Create.of(changes).withCoder(RowCoder.of(Change.class)))
            .apply(FoldCustomers.of(Timelines.YEARS, MetricPolicies.defaults(), catalog));

    PAssert.that(timelines).containsInAnyOrder(Timelines.perCustomer(changes));
    pipeline.run().waitUntilFinish();
  }
}
