package org.stripeanalytics.quality;

import com.google.common.collect.ImmutableSet;
import java.util.Currency;
import java.util.Locale;
import org.apache.beam.sdk.schemas.Schema;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.RowRules;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.schema.RowCodec;

/**
 * Holds the rows of one table to the {@link RowRules} of its contract, and to what holds for every
 * table: times are possible ({@link ValueChecks#timestamp}), texts are not endless, a key is not
 * empty. Made once per table and then asked for every row; not thread-safe.
 */
public final class RowChecks<T> {
  /** ISO 4217 as this Java knows it, withdrawn ones included, written as Stripe does. */
  static final ImmutableSet<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(currency -> currency.getCurrencyCode().toLowerCase(Locale.ROOT))
          .collect(ImmutableSet.toImmutableSet());

  private static final int NO_FIELD = -1;

  private final RowCodec<T> codec;
  private final RecordChecks checks;
  private final int currencyField;

  private RowChecks(RowCodec<T> codec, RecordChecks checks, int currencyField) {
    this.codec = codec;
    this.checks = checks;
    this.currencyField = currencyField;
  }

  /** Takes note of values that a column did not have when its contract was written. */
  public interface UnknownValues {
    void add(String column, String value);
  }

  /** Rejects what has a value that is not accepted. */
  public static <T> RowChecks<T> of(WarehouseTable<T> table) {
    return of(table, null);
  }

  /** Keeps what has a value that is not accepted, and hands that on. */
  public static <T> RowChecks<T> noting(UnknownValues unknownValues, WarehouseTable<T> table) {
    return of(table, unknownValues);
  }

  private static <T> RowChecks<T> of(
      WarehouseTable<T> table, @Nullable UnknownValues unknownValues) {
    RowCodec<T> codec = RowCodec.of(table.rowClass());
    Schema schema = codec.schema();
    return new RowChecks<>(
        codec,
        RecordChecks.of(codec, new ValueChecks(table.contract(), unknownValues), ""),
        schema.hasField("currency") ? schema.indexOf("currency") : NO_FIELD);
  }

  /**
   * The first rule that the row breaks, in no particular order of rules; null if it breaks none.
   */
  public @Nullable Violation check(T row) {
    String currency = currencyField == NO_FIELD ? null : (String) codec.get(row, currencyField);
    return checks.check(row, currency);
  }
}
