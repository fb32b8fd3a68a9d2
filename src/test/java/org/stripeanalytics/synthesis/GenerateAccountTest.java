package org.stripeanalytics.synthesis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.raw.Customer;
import org.stripeanalytics.model.raw.Subscription;

class GenerateAccountTest {
  private static final SimulatedAccount ACCOUNT = Simulations.account(11, 150);

  @Test
  @ExtendWith(TestPipelineExtension.class)
  void thePipelineGivesTheVersionsThatTheSimulationGives(TestPipeline pipeline) {
    RawRows rows = pipeline.apply("GenerateAccount", GenerateAccount.of(ACCOUNT));

    PAssert.that(rows.get(Tables.SUBSCRIPTIONS)).containsInAnyOrder(expected(Tables.SUBSCRIPTIONS));
    PAssert.that(rows.get(Tables.INVOICES)).containsInAnyOrder(expected(Tables.INVOICES));
    PAssert.that(rows.get(Tables.CHARGES)).containsInAnyOrder(expected(Tables.CHARGES));
    PAssert.that(rows.get(Tables.PRODUCTS))
        .satisfies(
            products -> {
              List<String> names =
                  StreamSupport.stream(products.spliterator(), false)
                      .map(product -> product.getName())
                      .sorted()
                      .toList();
              assertThat(names, equalTo(List.of("Professional", "Starter")));
              return null;
            });
    pipeline.run();
  }

  @Test
  @ExtendWith(TestPipelineExtension.class)
  void anIntervalGivesExactlyItsOwnVersions(TestPipeline pipeline) {
    DataInterval march = DataInterval.of(LocalDate.of(2024, 3, 1), LocalDate.of(2024, 4, 1));

    RawRows rows = pipeline.apply("GenerateAccount", GenerateAccount.of(ACCOUNT).during(march));

    PAssert.that(rows.get(Tables.INVOICES))
        .containsInAnyOrder(
            expected(Tables.INVOICES).stream()
                .filter(row -> march.contains(row.getSnapshotDate()))
                .toList());
    PAssert.that(rows.get(Tables.PRODUCTS)).empty();
    pipeline.run();
  }

  @Test
  void theNumberOfShardsDoesNotMatter() {
    List<Snapshot<?>> whole = Simulations.versions(ACCOUNT);
    for (int shards : new int[] {3, 16}) {
      List<Snapshot<?>> parts = new ArrayList<>();
      long size = (ACCOUNT.customers() + shards - 1) / shards;
      for (int shard = shards - 1; shard >= 0; shard--) {
        parts.addAll(0, Simulations.versions(ACCOUNT, shard * size, (shard + 1) * size));
      }
      assertThat(parts, equalTo(whole));
    }
  }

  @Test
  void aLaterEndRewritesNothing() {
    LocalDate end = LocalDate.of(2024, 5, 1);
    List<Snapshot<?>> earlier = Simulations.versions(ACCOUNT.until(end));
    List<Snapshot<?>> later = Simulations.versions(ACCOUNT.until(end.plusMonths(1)));

    assertThat(later.size(), greaterThan(earlier.size()));
    assertThat(
        later.stream().filter(version -> version.day().isBefore(end)).toList(), equalTo(earlier));
  }

  @Test
  void anotherSeedIsAnotherAccount() {
    List<String> one = ids(Simulations.versions(ACCOUNT, 0, 5));
    List<String> other = ids(Simulations.versions(Simulations.account(12, 150), 0, 5));

    assertThat(one, not(hasItem(other.get(0))));
  }

  @Test
  void everyVersionSaysWhatDayItBelongsTo() {
    for (Snapshot<?> version : Simulations.versions(ACCOUNT)) {
      LocalDate day = LocalDate.ofInstant(version.at(), java.time.ZoneOffset.UTC);
      assertThat(version.day(), equalTo(day));
      if (version.row() instanceof Subscription subscription) {
        assertThat(subscription.getSnapshotDate(), equalTo(day));
        assertThat(subscription.getChangedAt(), equalTo(version.at()));
      }
      if (version.row() instanceof Customer customer) {
        assertThat(customer.getSource(), equalTo("synthetic"));
      }
    }
  }

  private static List<String> ids(List<Snapshot<?>> versions) {
    return versions.stream().map(Snapshot::id).collect(Collectors.toList());
  }

  private static <T> List<T> expected(WarehouseTable<T> table) {
    return Simulations.versions(ACCOUNT).stream()
        .filter(version -> version.table().equals(table))
        .map(version -> table.rowClass().cast(version.row()))
        .toList();
  }
}
