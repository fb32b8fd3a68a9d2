package org.stripeanalytics.relations;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.ColumnValues;
import org.stripeanalytics.contract.SourceMapping;
import org.stripeanalytics.contract.SourceMapping.Deal;
import org.stripeanalytics.contract.SourceMapping.Link;
import org.stripeanalytics.contract.SourceMapping.Ticket;
import org.stripeanalytics.contract.SourceMapping.Won;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.identity.Clue;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.staging.KeepTimestamps;
import org.stripeanalytics.warehouse.MappedRead;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Reads the tickets and the won deals of all sources by object and id, each in its newest version
 * before the present. Deleted ones are left out. A ticket that was merged into another counts like
 * any. Bounded, in the global window.
 */
public final class ReadDealings extends PTransform<PBegin, PCollection<KV<String, Dealing>>> {
  static final KvCoder<String, Dealing> CODER =
      KvCoder.of(StringUtf8Coder.of(), RowCoder.of(Dealing.class));

  private final Warehouse warehouse;
  private final ZoneId zone;
  private final LocalDate asOf;

  private ReadDealings(Warehouse warehouse, ZoneId zone, LocalDate asOf) {
    this.warehouse = warehouse;
    this.zone = zone;
    this.asOf = asOf;
  }

  /**
   * @param asOf the day whose start is the present
   */
  public static ReadDealings of(Warehouse warehouse, ZoneId zone, LocalDate asOf) {
    return new ReadDealings(warehouse, zone, asOf);
  }

  @Override
  public PCollection<KV<String, Dealing>> expand(PBegin begin) {
    ImmutableList.Builder<MappedRead<?, KV<String, Dealing>>> reads = ImmutableList.builder();
    for (WarehouseTable<?> table : Tables.all()) {
      table.contract().source().ifPresent(source -> add(table, source, reads));
    }
    PCollection<KV<String, Dealing>> newest =
        begin
            .apply("ReadTables", warehouse.readAll(reads.build(), CODER))
            .apply("KeepTimestamps", KeepTimestamps.create())
            .apply("NewestOfEach", Combine.perKey(ReadDealings::newest))
            .setCoder(CODER);
    PCollectionView<Map<String, Dealing>> stages =
        newest
            .apply("TakeStages", Filter.by(one -> isOf(one, Dealing.STAGE)))
            .apply("StagesById", View.asMap());
    return newest
        .apply("LeaveOut", Filter.by(ReadDealings::isWanted))
        .apply("TakeWonOrAsked", ParDo.of(new WonFn(stages)).withSideInput("stages", stages))
        .setCoder(CODER);
  }

  private <T> void add(
      WarehouseTable<T> table,
      SourceMapping source,
      ImmutableList.Builder<MappedRead<?, KV<String, Dealing>>> reads) {
    TableRead<T> read = TableRead.of(table);
    if (!warehouse.mayHold(read)) {
      return;
    }
    if (source.ticket() != null || source.deal() != null) {
      reads.add(new MappedRead<>(read, new ToDealing<>(table, zone, asOf)));
    }
    String name = table.contract().name();
    wons()
        .filter(won -> name.equals(won.table()))
        .findFirst()
        .ifPresent(won -> reads.add(new MappedRead<>(read, new ToStage<>(table, won, zone, asOf))));
  }

  /** How the deals of sources say whether they were won. */
  private static Stream<Won> wons() {
    return Tables.all().stream()
        .flatMap(table -> table.contract().source().stream())
        .map(SourceMapping::deal)
        .filter(Objects::nonNull)
        .map(Deal::won);
  }

  private static Dealing newest(Iterable<Dealing> versions) {
    Dealing newest = null;
    for (Dealing version : versions) {
      newest =
          newest == null ? version : BinaryOperator.maxBy(Dealing.BY_CHANGE).apply(newest, version);
    }
    return newest;
  }

  private static boolean isOf(KV<String, Dealing> dealing, String kind) {
    return dealing.getValue().getKind().equals(kind);
  }

  /** Something that is still there, and was asked or closed. */
  private static boolean isWanted(KV<String, Dealing> dealing) {
    return !isOf(dealing, Dealing.STAGE)
        && !dealing.getValue().getDeleted()
        && dealing.getValue().getDay() != null;
  }

  private static final class WonFn extends DoFn<KV<String, Dealing>, KV<String, Dealing>> {
    private final PCollectionView<Map<String, Dealing>> stages;

    WonFn(PCollectionView<Map<String, Dealing>> stages) {
      this.stages = stages;
    }

    @ProcessElement
    public void take(
        @Element KV<String, Dealing> dealing,
        @SideInput("stages") Map<String, Dealing> known,
        OutputReceiver<KV<String, Dealing>> output) {
      Dealing one = dealing.getValue();
      Dealing stage = one.getStage() == null ? null : known.get(one.getStage());
      if (one.getKind().equals(Dealing.TICKET)
          || one.getWon()
          || (stage != null && stage.getWon())) {
        output.output(dealing);
      }
    }
  }

  /** Reads of a row what its contract says of tickets or deals. */
  private static final class ToDealing<T>
      implements SerializableFunction<T, Optional<KV<String, Dealing>>> {
    private final WarehouseTable<T> table;
    private final ColumnValues<T> columns;
    private final ZoneId zone;
    private final LocalDate asOf;

    ToDealing(WarehouseTable<T> table, ZoneId zone, LocalDate asOf) {
      this.table = table;
      this.columns = new ColumnValues<>(table);
      this.zone = zone;
      this.asOf = asOf;
    }

    @Override
    public Optional<KV<String, Dealing>> apply(T row) {
      SourceMapping source = table.contract().source().orElseThrow();
      Dealing.Builder dealing =
          source.ticket() == null ? deal(source.deal(), row) : ticket(source.ticket(), row);
      Dealing one =
          dealing
              .setSource(source.name())
              .setChangedAt((Long) columns.value(row, "_changed_at"))
              .build();
      boolean isKnown = columns.day(row, "_snapshot_date").isBefore(asOf);
      return isKnown ? Optional.of(KV.of(one.getKey(), one)) : Optional.empty();
    }

    private Dealing.Builder ticket(Ticket ticket, T row) {
      boolean ratedBadly =
          ticket.ratedBadly() != null
              && ticket
                  .ratedBadly()
                  .values()
                  .contains(columns.text(row, ticket.ratedBadly().column()));
      return Dealing.builder()
          .setKind(Dealing.TICKET)
          .setKey(key(row, ticket.id()))
          .setParties(parties(row, ticket.of()))
          .setDay(columns.day(row, ticket.created(), zone))
          .setFirstResponseMinutes(whole(columns.number(row, ticket.firstResponseMinutes())))
          .setRatedBadly(ratedBadly)
          .setDeleted(columns.isTrue(row, ticket.deleted()));
    }

    private Dealing.Builder deal(Deal deal, T row) {
      Won won = deal.won();
      String stage = won.table() == null ? null : columns.text(row, won.column());
      return Dealing.builder()
          .setKind(Dealing.DEAL)
          .setKey(key(row, deal.id()))
          .setParties(parties(row, deal.of()))
          .setDay(columns.day(row, deal.closed(), zone))
          .setAmount(columns.number(row, deal.amount()))
          .setWon(won.table() == null && columns.isTrue(row, won.column()))
          .setStage(stage == null ? null : Clue.key(won.object(), stage))
          .setDeleted(columns.isTrue(row, deal.deleted()));
    }

    private String key(T row, String id) {
      return Clue.key(table.contract().table(), columns.text(row, id));
    }

    private List<String> parties(T row, List<Link> links) {
      return links.stream()
          .filter(link -> columns.text(row, link.column()) != null)
          .map(link -> Clue.key(link.object(), columns.text(row, link.column())))
          .toList();
    }

    private static @Nullable Long whole(@Nullable BigDecimal minutes) {
      return minutes == null ? null : minutes.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
  }

  /** Reads of a stage whether deals in it are won. */
  private static final class ToStage<T>
      implements SerializableFunction<T, Optional<KV<String, Dealing>>> {
    private final WarehouseTable<T> table;
    private final ColumnValues<T> columns;
    private final String flag;
    private final ZoneId zone;
    private final LocalDate asOf;

    ToStage(WarehouseTable<T> table, Won won, ZoneId zone, LocalDate asOf) {
      this.table = table;
      this.columns = new ColumnValues<>(table);
      this.flag = won.flag();
      this.zone = zone;
      this.asOf = asOf;
    }

    @Override
    public Optional<KV<String, Dealing>> apply(T row) {
      if (!columns.day(row, "_snapshot_date").isBefore(asOf)) {
        return Optional.empty();
      }
      String id = columns.text(row, table.contract().primaryKey().get(0));
      String key = Clue.key(table.contract().table(), id);
      return Optional.of(
          KV.of(
              key,
              Dealing.builder()
                  .setKind(Dealing.STAGE)
                  .setSource(table.contract().source().orElseThrow().name())
                  .setKey(key)
                  .setChangedAt((Long) columns.value(row, "_changed_at"))
                  .setWon(columns.isTrue(row, flag))
                  .build()));
    }
  }
}
