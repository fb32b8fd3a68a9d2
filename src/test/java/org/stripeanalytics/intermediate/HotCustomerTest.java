package org.stripeanalytics.intermediate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.fold.Payments;
import org.stripeanalytics.fold.Snapshots;
import org.stripeanalytics.fold.Timelines;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.model.schema.RowCoder;

/** One customer with 10,000 invoices, each with its payment, its charge and a refund. */
class HotCustomerTest {
  private static final int INVOICES = 10_000;

  /** Dataflow's batch shuffle takes larger ones; streaming commits no more at once. */
  private static final int DATAFLOWS_LIMIT_BYTES = 80_000_000;

  private static final Instant FIRST = Snapshots.at("2023-02-01");
  private static final Duration APART = Duration.ofHours(2);

  @Test
  void whatCrossesTheShuffleIsOneSmallElementPerVersion() throws CoderException {
    int largest = 0;
    for (Change change : changes(100)) {
      largest = Math.max(largest, encoded(change, Change.class));
    }

    assertThat(largest, is(lessThan(1_000)));
  }

  @Test
  void theFoldKeepsEveryInvoiceAndItsTimelineIsNoHugeElement() throws CoderException {
    CustomerTimeline timeline =
        Timelines.of(Snapshots.CATALOG, MetricPolicies.defaults(), changes(INVOICES));

    assertThat(timeline.getInvoices(), hasSize(INVOICES));
    assertThat(timeline.getSettlements(), hasSize(INVOICES));
    assertThat(timeline.getAttempts(), hasSize(INVOICES));
    assertThat(timeline.getRefunds(), hasSize(INVOICES));
    assertThat(encoded(timeline, CustomerTimeline.class), is(lessThan(DATAFLOWS_LIMIT_BYTES / 4)));
  }

  private static List<Change> changes(int invoices) {
    List<Change> changes = new ArrayList<>();
    changes.add(Snapshots.customer("cus_1", "2023-01-10", "US"));
    for (int i = 0; i < invoices; i++) {
      Payments payments = Payments.of("in_" + i);
      String created = minute(FIRST.plus(APART.multipliedBy(i)));
      String paid = minute(FIRST.plus(APART.multipliedBy(i)).plusSeconds(60));
      changes.add(payments.open(created));
      changes.add(payments.link(created));
      changes.add(payments.charge("ch_" + i, paid, "succeeded"));
      changes.add(payments.paid(paid));
      changes.add(payments.refund("re_" + i, "ch_" + i, paid, "succeeded", paid));
    }
    return changes;
  }

  /** As the builders take it. */
  private static String minute(Instant time) {
    return time.toString().substring(0, "2023-02-01T00:00".length());
  }

  private static <T> int encoded(T element, Class<T> type) throws CoderException {
    return CoderUtils.encodeToByteArray(RowCoder.of(type), element).length;
  }
}
