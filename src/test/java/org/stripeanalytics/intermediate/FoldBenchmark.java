package org.stripeanalytics.intermediate;

import com.google.common.collect.Iterables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.stripeanalytics.benchmark.Accounts;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.CustomerFold;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.state.CustomerStates;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.SeedFile;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/** The fold alone: customers whose changes lie in memory, grouped, with no engine and no table. */
public class FoldBenchmark {

  /** How many raw rows went in. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Counters {
    public long rows;
  }

  /** Every customer of a warehouse, as the pipeline reads them. */
  @State(Scope.Benchmark)
  public static class Customers {
    private static final ConcurrentLinkedQueue<KV<String, List<Change>>> READ =
        new ConcurrentLinkedQueue<>();
    private static volatile Catalog catalogRead;

    @Param("")
    public String warehouse;

    private final AtomicInteger next = new AtomicInteger();
    private List<KV<String, List<Change>>> customers;
    private CustomerFold fold;

    @Setup
    public void read() {
      MetricPolicies policies = MetricPolicies.defaults();
      DuckDbWarehouse raw = DuckDbWarehouse.openReadOnly(Path.of(warehouse));
      Pipeline pipeline = Accounts.pipeline();
      PCollectionView<Iterable<Catalog>> catalog =
          pipeline
              .apply(
                  "ReadCatalog",
                  Create.of(catalog(raw)).withCoder(SerializableCoder.of(Catalog.class)))
              .apply("ShareCatalog", View.asIterable());
      pipeline
          .apply("ReadChanges", ReadChanges.from(raw, Accounts.HISTORY, policies.frame()))
          .apply(
              "FindOwners",
              FindOwners.among(
                  Days.start(Accounts.HISTORY.from(), policies.frame().zone()), /* stored= */ null))
          .apply("KeyByCustomer", WithKeys.of(Change::customerId))
          .setCoder(KvCoder.of(StringUtf8Coder.of(), RowCoder.of(Change.class)))
          .apply("GroupByCustomer", GroupByKey.create())
          .apply("Keep", ParDo.of(new KeepFn(catalog)).withSideInputs(catalog));
      pipeline.run().waitUntilFinish();
      customers = List.copyOf(READ);
      fold = new CustomerFold(catalogRead, policies);
    }

    private KV<String, List<Change>> next() {
      return customers.get(Math.floorMod(next.getAndIncrement(), customers.size()));
    }
  }

  private static Catalog catalog(DuckDbWarehouse raw) {
    return Catalog.of(
        ReadCatalog.read(raw, Accounts.END),
        SeedFile.of(Tables.FX_RATES).rows(),
        SeedFile.of(Tables.GEOGRAPHY).rows());
  }

  private static final class KeepFn extends DoFn<KV<String, Iterable<Change>>, Void> {
    private final PCollectionView<Iterable<Catalog>> catalog;

    KeepFn(PCollectionView<Iterable<Catalog>> catalog) {
      this.catalog = catalog;
    }

    @ProcessElement
    public void keep(ProcessContext context) {
      List<Change> changes = new ArrayList<>();
      context.element().getValue().forEach(changes::add);
      Customers.READ.add(KV.of(context.element().getKey(), changes));
      Customers.catalogRead = Iterables.getOnlyElement(context.sideInput(catalog));
    }
  }

  @Benchmark
  public Object foldCustomer(Customers customers, Counters counters) {
    KV<String, List<Change>> customer = customers.next();
    counters.rows += customer.getValue().size();
    return customers.fold.fold(
        customer.getKey(), CustomerStates.EMPTY, customer.getValue(), Accounts.HISTORY);
  }
}
