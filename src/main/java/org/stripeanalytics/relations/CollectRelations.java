package org.stripeanalytics.relations;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.ColumnValues;
import org.stripeanalytics.contract.SourceMapping.Links;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.identity.Clue;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.intermediate.CustomerMilestones;
import org.stripeanalytics.model.intermediate.Identity;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.staging.KeepTimestamps;
import org.stripeanalytics.warehouse.MappedRead;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Brings tickets and won deals to the customers that identities name, beside their MRR: one element
 * for each customer, and one for each dealing that is nobody's. Neither addresses nor names are
 * looked at here. Bounded, in the global window; the keys of the shuffles are a party, a dealing
 * and a customer, so none is hot.
 */
public final class CollectRelations
    extends PTransform<PCollection<Identity>, PCollection<CustomerRelations>> {
  private static final TupleTag<Dealing> DEALING = new TupleTag<>() {};
  private static final TupleTag<CustomerMilestones> MILESTONES = new TupleTag<>() {};
  private static final TupleTag<MrrStep> STEP = new TupleTag<>() {};

  private final Warehouse warehouse;
  private final ZoneId zone;
  private final LocalDate asOf;

  private CollectRelations(Warehouse warehouse, ZoneId zone, LocalDate asOf) {
    this.warehouse = warehouse;
    this.zone = zone;
    this.asOf = asOf;
  }

  /**
   * @param asOf the day whose start is the present; what became known then or later is left out
   */
  public static CollectRelations of(Warehouse warehouse, ZoneId zone, LocalDate asOf) {
    return new CollectRelations(warehouse, zone, asOf);
  }

  @Override
  public PCollection<CustomerRelations> expand(PCollection<Identity> identities) {
    PBegin begin = identities.getPipeline().begin();
    PCollection<KV<String, Dealing>> dealings =
        begin
            .apply("ReadDealings", ReadDealings.of(warehouse, zone, asOf))
            .apply("FindCustomers", FindCustomers.of(identities, readLinks(begin)));
    PCollection<KV<String, CustomerMilestones>> milestones =
        begin.apply(
            "ReadMilestones",
            warehouse.readAll(
                ImmutableList.of(
                    new MappedRead<>(
                        TableRead.of(Tables.CUSTOMER_MILESTONES),
                        row -> Optional.of(KV.of(row.getCustomerId(), row)))),
                KvCoder.of(StringUtf8Coder.of(), Tables.CUSTOMER_MILESTONES.coder())));
    LocalDate present = asOf;
    PCollection<KV<String, MrrStep>> steps =
        begin.apply(
            "ReadMovements",
            warehouse.readAll(
                ImmutableList.of(
                    new MappedRead<>(
                        TableRead.of(Tables.FCT_MRR_MOVEMENTS), row -> step(row, present))),
                KvCoder.of(StringUtf8Coder.of(), RowCoder.of(MrrStep.class))));
    return KeyedPCollectionTuple.of(
            DEALING, dealings.apply("KeepDealingTimes", KeepTimestamps.create()))
        .and(MILESTONES, milestones.apply("KeepMilestoneTimes", KeepTimestamps.create()))
        .and(STEP, steps.apply("KeepMovementTimes", KeepTimestamps.create()))
        .apply("GroupByCustomer", CoGroupByKey.create())
        .apply("MakeRelations", ParDo.of(new RelationsFn(zone, asOf)))
        .setCoder(RowCoder.of(CustomerRelations.class));
  }

  private PCollection<KV<String, String>> readLinks(PBegin begin) {
    ImmutableList.Builder<MappedRead<?, KV<String, String>>> reads = ImmutableList.builder();
    for (WarehouseTable<?> table : Tables.all()) {
      table
          .contract()
          .source()
          .filter(source -> source.links() != null)
          .ifPresent(source -> add(table, source.links(), reads));
    }
    return begin.apply("ReadLinks", warehouse.readAll(reads.build(), FindCustomers.PAIRS));
  }

  private <T> void add(
      WarehouseTable<T> table,
      Links links,
      ImmutableList.Builder<MappedRead<?, KV<String, String>>> reads) {
    TableRead<T> read = TableRead.of(table);
    if (warehouse.mayHold(read)) {
      ColumnValues<T> columns = new ColumnValues<>(table);
      String party = links.to().object();
      String partyId = links.to().column();
      String dealing = links.from().object();
      String dealingId = links.from().column();
      LocalDate present = asOf;
      reads.add(
          new MappedRead<>(
              read,
              row ->
                  columns.day(row, "_snapshot_date").isBefore(present)
                      ? Optional.of(
                          KV.of(
                              Clue.key(party, columns.text(row, partyId)),
                              Clue.key(dealing, columns.text(row, dealingId))))
                      : Optional.empty()));
    }
  }

  private static Optional<KV<String, MrrStep>> step(MrrMovement movement, LocalDate asOf) {
    return movement.getDay().isBefore(asOf)
        ? Optional.of(
            KV.of(
                movement.getCustomerId(),
                MrrStep.of(movement.getDay(), movement.getArrMinorAfter())))
        : Optional.empty();
  }

  private static final class RelationsFn extends DoFn<KV<String, CoGbkResult>, CustomerRelations> {
    private final ZoneId zone;
    private final LocalDate asOf;

    RelationsFn(ZoneId zone, LocalDate asOf) {
      this.zone = zone;
      this.asOf = asOf;
    }

    @ProcessElement
    public void make(
        @Element KV<String, CoGbkResult> known, OutputReceiver<CustomerRelations> output) {
      CustomerRelations.Builder one = CustomerRelations.builder();
      if (FindCustomers.isCustomer(known.getKey())) {
        one.setCustomerId(known.getKey());
      } else {
        one.setSegments(CustomerRelations.UNRESOLVED);
      }
      CustomerMilestones milestones = known.getValue().getOnly(MILESTONES, null);
      if (milestones != null) {
        one.setCountry(milestones.getCountry())
            .setRegion(milestones.getRegion())
            .setChannel(milestones.getChannel())
            .setInitialPlan(milestones.getInitialPlan())
            .setFirstPaidOn(paidOn(milestones.getFirstPaidAt()));
      }
      List<MrrStep> steps = new ArrayList<>();
      known.getValue().getAll(STEP).forEach(steps::add);
      steps.sort(Comparator.comparing(MrrStep::getDay));
      output.output(
          one.setSteps(steps)
              .setTickets(dealings(known.getValue(), Dealing.TICKET))
              .setWonDeals(dealings(known.getValue(), Dealing.DEAL))
              .build());
    }

    private @Nullable LocalDate paidOn(@Nullable Instant at) {
      LocalDate day = at == null ? null : LocalDate.ofInstant(at, zone);
      return day == null || !day.isBefore(asOf) ? null : day;
    }

    private List<Dealing> dealings(CoGbkResult known, String kind) {
      List<Dealing> dealings = new ArrayList<>();
      for (Dealing one : known.getAll(DEALING)) {
        if (one.getKind().equals(kind)) {
          dealings.add(one);
        }
      }
      dealings.sort(Dealing.BY_DAY);
      return dealings;
    }
  }
}
