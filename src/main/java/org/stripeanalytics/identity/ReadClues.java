package org.stripeanalytics.identity;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.ColumnValues;
import org.stripeanalytics.contract.SourceMapping;
import org.stripeanalytics.contract.SourceMapping.Identity;
import org.stripeanalytics.contract.SourceMapping.Kind;
import org.stripeanalytics.contract.SourceMapping.Link;
import org.stripeanalytics.contract.SourceMapping.Merges;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.raw.Customer;
import org.stripeanalytics.model.raw.MetadataEntry;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.MappedRead;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Reads who is known to the sources, and to Stripe: one clue for each row in its newest version.
 * Bounded, in the global window. Browsers that nobody was signed in with are left out.
 */
public final class ReadClues extends PTransform<PBegin, PCollection<Clue>> {
  private static final String USER_ID = "user_id";

  private final Warehouse warehouse;

  private ReadClues(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  public static ReadClues from(Warehouse warehouse) {
    return new ReadClues(warehouse);
  }

  @Override
  public PCollection<Clue> expand(PBegin begin) {
    ImmutableList.Builder<MappedRead<?, KV<String, Clue>>> reads = ImmutableList.builder();
    TableRead<Customer> customers = TableRead.of(Tables.CUSTOMERS);
    reads.add(
        new MappedRead<>(
            customers,
            // Test-mode customers are nobody.
            row -> row.getLivemode() ? Optional.of(keyed(customer(row))) : Optional.empty()));
    tables().forEach(table -> add(table, reads));
    return begin
        .apply(
            "ReadTables",
            warehouse.readAll(
                reads.build(), KvCoder.of(StringUtf8Coder.of(), RowCoder.of(Clue.class))))
        .apply("NewestOfEach", Combine.perKey(ReadClues::together))
        .apply("Clues", Values.create());
  }

  /** The tables whose rows are somebody, or say who was merged. */
  private static Stream<WarehouseTable<?>> tables() {
    return Tables.all().stream()
        .filter(
            table ->
                table
                    .contract()
                    .source()
                    .filter(source -> source.identity() != null || source.merges() != null)
                    .isPresent());
  }

  private <T> void add(
      WarehouseTable<T> table, ImmutableList.Builder<MappedRead<?, KV<String, Clue>>> reads) {
    TableRead<T> read = TableRead.of(table);
    if (warehouse.mayHold(read)) {
      reads.add(new MappedRead<>(read, new ToClue<>(table)));
    }
  }

  private static KV<String, Clue> keyed(Clue clue) {
    return KV.of(clue.key(), clue);
  }

  private static Clue together(Iterable<Clue> clues) {
    Clue all = null;
    for (Clue clue : clues) {
      all = all == null ? clue : all.and(clue);
    }
    return all;
  }

  /** A customer, with the rows of sources that its metadata name. */
  private static Clue customer(Customer row) {
    List<String> own = new ArrayList<>();
    List<String> same = new ArrayList<>();
    for (MetadataEntry entry : row.getMetadata()) {
      if (entry.getKey().equals(USER_ID)) {
        own.add(entry.getValue());
      }
      tables()
          .filter(table -> namedBy(table, entry.getKey()))
          .forEach(table -> same.add(Clue.key(table.contract().table(), entry.getValue())));
    }
    return Clue.builder()
        .setSource("stripe")
        .setObject(Clue.STRIPE)
        .setId(row.getId())
        .setChangedAt(EpochMicros.of(row.getChangedAt()))
        .setCustomers(own)
        .setEmails(row.getEmail() == null ? List.of() : List.of(row.getEmail()))
        .setSame(same)
        .build();
  }

  private static boolean namedBy(WarehouseTable<?> table, String key) {
    Identity identity = table.contract().source().orElseThrow().identity();
    return identity != null && identity.metadata().contains(key);
  }

  /** Reads of a row what its contract says of identity. */
  private static final class ToClue<T>
      implements SerializableFunction<T, Optional<KV<String, Clue>>> {
    private final WarehouseTable<T> table;
    private final ColumnValues<T> values;

    ToClue(WarehouseTable<T> table) {
      this.table = table;
      this.values = new ColumnValues<>(table);
    }

    @Override
    public Optional<KV<String, Clue>> apply(T row) {
      SourceMapping source = table.contract().source().orElseThrow();
      return source.merges() == null
          ? somebody(source.name(), source.identity(), row)
          : Optional.of(merge(source.name(), source.merges(), row));
    }

    /** It only links; who it is, the other table's rows say. */
    private KV<String, Clue> merge(String source, Merges merges, T row) {
      String object = merges.object();
      Clue clue =
          Clue.builder()
              .setSource(source)
              .setObject(Resolution.LINK + object)
              .setId(text(row, merges.into()))
              .setGathered(true)
              .setSame(
                  List.of(
                      Clue.key(object, text(row, merges.into())),
                      Clue.key(object, text(row, merges.from()))))
              .build();
      return keyed(clue);
    }

    private Optional<KV<String, Clue>> somebody(String source, Identity identity, T row) {
      String id = text(row, identity.id());
      boolean meant =
          identity.only() == null
              || identity.only().values().contains(text(row, identity.only().column()));
      List<String> customers = texts(row, identity.customer());
      List<String> emails = texts(row, identity.emails());
      boolean visitor = identity.kind() == Kind.VISITOR;
      if (id == null || !meant || (visitor && customers.isEmpty() && emails.isEmpty())) {
        return Optional.empty();
      }
      String object = table.contract().table();
      List<String> same = new ArrayList<>();
      if (identity.merged() != null) {
        for (Object merged : (List<?>) values.value(row, identity.merged())) {
          same.add(Clue.key(object, (String) merged));
        }
      }
      identity.into().stream().map(link -> linked(row, link)).forEach(key -> addIfThere(key, same));
      return Optional.of(
          keyed(
              Clue.builder()
                  .setSource(source)
                  .setObject(object)
                  .setId(id)
                  .setCompany(identity.kind() == Kind.COMPANY)
                  .setGathered(visitor)
                  .setChangedAt((Long) values.value(row, "_changed_at"))
                  .setCustomers(customers)
                  .setEmails(emails)
                  .setDomain(identity.domain() == null ? null : text(row, identity.domain()))
                  .setEmployer(identity.company() == null ? null : linked(row, identity.company()))
                  .setSame(same)
                  .setProfile(profile(identity.profile(), row))
                  .build()));
    }

    private @Nullable Profile profile(SourceMapping.@Nullable Profile mapping, T row) {
      return mapping == null || values.isTrue(row, mapping.deleted())
          ? null
          : Profile.builder()
              .setRank(mapping.rank())
              .setCompany(values.text(row, mapping.company()))
              .setOwner(values.text(row, mapping.owner()))
              .setLifecycleStage(values.text(row, mapping.lifecycleStage()))
              .build();
    }

    private static void addIfThere(@Nullable String key, List<String> keys) {
      if (key != null) {
        keys.add(key);
      }
    }

    private @Nullable String linked(T row, Link link) {
      String id = text(row, link.column());
      return id == null ? null : Clue.key(link.object(), id);
    }

    private List<String> texts(T row, List<String> columns) {
      List<String> texts = new ArrayList<>();
      columns.forEach(column -> addIfThere(text(row, column), texts));
      return texts;
    }

    private @Nullable String text(T row, String column) {
      return values.text(row, column);
    }
  }
}
