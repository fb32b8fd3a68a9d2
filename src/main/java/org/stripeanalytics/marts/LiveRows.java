package org.stripeanalytics.marts;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import com.google.common.collect.Streams;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.beam.sdk.values.KV;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.RowGenerator;
import org.stripeanalytics.warehouse.RowSink;

/**
 * The rows of the live marts alone, as {@link AccountMarts} makes them beside others, of the facts
 * that {@link GatherAccount} has brought together.
 */
public final class LiveRows implements RowGenerator<KV<String, Iterable<AccountFact>>, Void> {
  public static final ImmutableSet<WarehouseTable<?>> TABLES = LiveRow.TABLES;

  @Override
  public void generate(
      KV<String, Iterable<AccountFact>> account, RowSink rows, Consumer<Void> aside) {
    ImmutableList<AccountFact> facts = ImmutableList.copyOf(account.getValue());
    StoredEvents events =
        Iterables.getOnlyElement(
            Iterables.filter(Iterables.transform(facts, AccountFact::getEvents), Objects::nonNull));
    Streams.stream(facts)
        .map(AccountFact::getLive)
        .filter(Objects::nonNull)
        .forEach(row -> row.put(events, rows));
  }
}
