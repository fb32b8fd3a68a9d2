package org.stripeanalytics.ingestion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.hash.Hashing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.Coder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.quality.RowChecks;
import org.stripeanalytics.quality.Violation;

/** Reads rows of one table, checks them, and makes them comparable. Not thread-safe. */
final class VersionReader<T> {
  private static final String KEY_SEPARATOR = "\u001F";

  private final String table;
  private final RowReader<T> reader;
  private final RowChecks<T> checks;
  private final RowCodec<T> codec;
  private final Coder<T> coder;
  private final int[] keyFields;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private VersionReader(WarehouseTable<T> table) {
    this.table = table.name();
    this.reader = RowReader.of(table.rowClass());
    this.checks = RowChecks.of(table);
    this.codec = RowCodec.of(table.rowClass());
    this.coder = table.coder();
    this.keyFields =
        table.contract().primaryKey().stream().mapToInt(codec.schema()::indexOf).toArray();
  }

  static <T> VersionReader<T> of(WarehouseTable<T> table) {
    return new VersionReader<>(table);
  }

  /**
   * Reads a row and hands it on, unless it breaks a rule.
   *
   * @param object in the shape of the table's columns
   * @param payload the object as it was delivered; null if it was not delivered as JSON
   * @return the rule it breaks; null if none
   * @throws UnreadableValueException when the object is no row of the table
   */
  @Nullable Violation read(
      JsonNode object,
      Occasion occasion,
      @Nullable String payload,
      Consumer<? super VersionedRow> output)
      throws UnreadableValueException {
    long changedAt = EpochMicros.of(occasion.changedAt());
    Map<String, @Nullable Object> metadata = new HashMap<>();
    metadata.put("_snapshot_date", occasion.day().toEpochDay());
    metadata.put("_changed_at", changedAt);
    metadata.put("_source", occasion.route().id());
    metadata.put("_payload", payload);
    T row = reader.read(object, metadata);
    Violation violation = checks.check(row);
    if (violation == null) {
      output.accept(
          VersionedRow.builder()
              .setTable(table)
              .setKey(key(row))
              .setChangedAtMicros(changedAt)
              .setRoute(occasion.route().ordinal())
              .setTieBreak(occasion.eventId() != null ? occasion.eventId() : hash(payload))
              .setRow(encoded(row))
              .build());
    }
    return violation;
  }

  private String key(T row) {
    return IntStream.of(keyFields)
        .mapToObj(field -> String.valueOf(codec.get(row, field)))
        .collect(joining(KEY_SEPARATOR));
  }

  private byte[] encoded(T row) {
    bytes.reset();
    try {
      coder.encode(row, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot encode a row of " + table, e);
    }
    return bytes.toByteArray();
  }

  /** The same that a warehouse compares two versions of one time by. */
  private static String hash(@Nullable String payload) {
    return Hashing.md5().hashString(payload == null ? "" : payload, UTF_8).toString();
  }
}
