package org.stripeanalytics.facts;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.ColumnValues;
import org.stripeanalytics.contract.SourceMapping;
import org.stripeanalytics.contract.SourceMapping.Spend;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.CurrencyExponent;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.raw.MarketingSpend;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.MappedRead;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Reads what was spent on marketing: {@code raw.marketing_spend}, and the tables whose contracts
 * say that they know spend. Bounded, in the global window; every version that lies in the interval.
 */
public final class ReadSpend extends PTransform<PBegin, PCollection<Expense>> {
  private static final String SNAPSHOT_DATE = "_snapshot_date";

  private final Warehouse warehouse;
  private final DataInterval interval;

  private ReadSpend(Warehouse warehouse, DataInterval interval) {
    this.warehouse = warehouse;
    this.interval = interval;
  }

  public static ReadSpend during(DataInterval interval, Warehouse warehouse) {
    return new ReadSpend(warehouse, interval);
  }

  @Override
  public PCollection<Expense> expand(PBegin begin) {
    ImmutableList.Builder<MappedRead<?, Expense>> reads = ImmutableList.builder();
    tables().forEach(table -> add(table, reads));
    return begin.apply("ReadTables", warehouse.readAll(reads.build(), RowCoder.of(Expense.class)));
  }

  private <T> void add(
      WarehouseTable<T> table, ImmutableList.Builder<MappedRead<?, Expense>> reads) {
    TableRead<T> read = TableRead.of(table).during(interval);
    if (table.equals(Tables.MARKETING_SPEND) || warehouse.mayHold(read)) {
      reads.add(new MappedRead<>(read, row -> Optional.of(expense(table, row))));
    }
  }

  /** The tables that know what was spent. */
  public static ImmutableList<WarehouseTable<?>> tables() {
    return Tables.all().stream()
        .filter(table -> table.equals(Tables.MARKETING_SPEND) || spend(table).isPresent())
        .collect(ImmutableList.toImmutableList());
  }

  /** What a row of one of {@link #tables} says. */
  public static <T> Expense expense(WarehouseTable<T> table, T row) {
    return row instanceof MarketingSpend spend ? byHand(spend) : reported(table, row);
  }

  private static Optional<Spend> spend(WarehouseTable<?> table) {
    return table.contract().source().map(SourceMapping::spend);
  }

  private static Expense byHand(MarketingSpend row) {
    return Expense.builder()
        .setTable(Tables.MARKETING_SPEND.name())
        .setRow(row.getDay() + " " + row.getChannel() + " " + row.getRegion())
        .setDay(row.getDay())
        .setChannel(row.getChannel())
        .setAmount(BigDecimal.valueOf(row.getAmount(), CurrencyExponent.of(row.getCurrency())))
        .setCurrency(row.getCurrency())
        .setRegion(row.getRegion())
        .setCampaign(Expense.NONE)
        .setAccount(Expense.NONE)
        .setChangedAt(EpochMicros.of(row.getChangedAt()))
        .setSnapshotDate(row.getSnapshotDate())
        .build();
  }

  private static <T> Expense reported(WarehouseTable<T> table, T row) {
    ColumnValues<T> values = new ColumnValues<>(table);
    Spend spend = spend(table).orElseThrow();
    // A row with a day is filed under it, so that is the day as well where the column is a time.
    LocalDate day = values.day(row, SNAPSHOT_DATE);
    return Expense.builder()
        .setTable(table.name())
        .setRow(
            table.contract().primaryKey().stream()
                .filter(column -> !column.equals(SNAPSHOT_DATE))
                .map(column -> String.valueOf(values.value(row, column)))
                .collect(joining(" ")))
        .setDay(day)
        .setChannel(spend.channel())
        .setAmount((BigDecimal) values.value(row, spend.amount()))
        .setCampaign(values.text(row, spend.campaign().column()))
        .setAccount(values.text(row, spend.account().column()))
        .setChangedAt((Long) values.value(row, "_changed_at"))
        .setSnapshotDate(day)
        .build();
  }
}
