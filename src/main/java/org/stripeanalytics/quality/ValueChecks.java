package org.stripeanalytics.quality;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
import java.time.Instant;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.RowRules;
import org.stripeanalytics.model.schema.EpochMicros;

/** Makes the check of each column of a table from its contract. */
final class ValueChecks {
  /**
   * No account has a history before this; an earlier time is a zero or a number of something else.
   */
  static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");

  /** A warehouse's last day; seconds mistaken for milliseconds lie far behind it. */
  static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private static final long EARLIEST_MICROS = EpochMicros.of(EARLIEST);
  private static final long LATEST_MICROS = EpochMicros.of(LATEST);

  /** Kept as delivered, whatever their length. */
  private static final ImmutableSet<String> UNLIMITED = ImmutableSet.of("_payload");

  private final Contract contract;
  private final RowRules rules;
  private final RowChecks.@Nullable UnknownValues unknownValues;

  /**
   * @param unknownValues takes values that are not accepted; null if they break a rule
   */
  ValueChecks(Contract contract, RowChecks.@Nullable UnknownValues unknownValues) {
    this.contract = contract;
    this.rules = contract.rowRules();
    this.unknownValues = unknownValues;
  }

  /** The check of a column that is no record; null if it has nothing to be checked for. */
  @Nullable ValueCheck of(FieldType type, String path) {
    return switch (type.getTypeName()) {
      case STRING -> UNLIMITED.contains(path) ? null : text(path);
      case INT64, DECIMAL -> number(path);
      case LOGICAL_TYPE ->
          type.getLogicalType().getIdentifier().equals(EpochMicros.IDENTIFIER)
              ? timestamp(path)
              : null;
      default -> null;
    };
  }

  private ValueCheck text(String path) {
    @Nullable ImmutableSet<String> accepted = rules.acceptedValues().get(path);
    boolean currencyColumn = rules.currencies().contains(path);
    boolean sameCurrency = rules.sameCurrency().contains(path);
    boolean key = contract.primaryKey().contains(path);
    int longest = rules.maxLength().getOrDefault(path, RowRules.DEFAULT_MAX_LENGTH);
    return (value, currency) -> {
      String text = (String) value;
      if (key && text.isBlank()) {
        return new Violation(RejectionRule.MISSING_ID, path + " is empty");
      }
      if (text.length() > longest) {
        return new Violation(
            RejectionRule.TEXT_TOO_LONG,
            "%s has %d characters; allowed are %d".formatted(path, text.length(), longest));
      }
      boolean unknown = accepted != null && !accepted.contains(text);
      if (unknown && unknownValues != null) {
        unknownValues.add(path, text);
      } else if (unknown) {
        return new Violation(
            RejectionRule.UNKNOWN_ENUM,
            "%s is \"%s\"; allowed are %s".formatted(path, text, String.join(", ", accepted)));
      }
      if (currencyColumn && !RowChecks.CURRENCIES.contains(text)) {
        return new Violation(
            RejectionRule.UNKNOWN_CURRENCY,
            "%s is \"%s\"; allowed are ISO 4217 codes in lower case".formatted(path, text));
      }
      if (sameCurrency && currency != null && !text.equals(currency)) {
        return new Violation(
            RejectionRule.CURRENCY_MISMATCH,
            "%s is %s and currency is %s; they must be the same".formatted(path, text, currency));
      }
      return null;
    };
  }

  private @Nullable ValueCheck number(String path) {
    RowRules.@Nullable Range range = rules.ranges().get(path);
    if (range == null) {
      return null;
    }
    return (value, currency) -> {
      BigDecimal number =
          value instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) value;
      return range.contains(number) ? null : outside(path, number, range);
    };
  }

  private static Violation outside(String path, BigDecimal number, RowRules.Range range) {
    boolean belowNothing = number.signum() < 0 && range.min() != null && range.min().signum() == 0;
    return new Violation(
        belowNothing ? RejectionRule.NEGATIVE_AMOUNT : RejectionRule.OUT_OF_RANGE,
        "%s is %s; allowed is %s"
            .formatted(
                path,
                number.toPlainString(),
                range.max() == null
                    ? range.min() + " or more"
                    : range.min() == null
                        ? range.max() + " or less"
                        : range.min() + " to " + range.max()));
  }

  private static ValueCheck timestamp(String path) {
    return (value, currency) -> {
      long micros = (Long) value;
      if (micros >= EARLIEST_MICROS && micros <= LATEST_MICROS) {
        return null;
      }
      return new Violation(
          RejectionRule.IMPOSSIBLE_TIMESTAMP,
          "%s is %s; allowed are %s to %s"
              .formatted(path, EpochMicros.toInstant(micros), EARLIEST, LATEST));
    };
  }

  /** The orders among the fields of the record whose path, with a dot behind it, is given. */
  ImmutableList<Order> ordersWithin(String prefix, Schema schema) {
    return rules.ordered().stream()
        .filter(pair -> pair.first().substring(0, pair.first().lastIndexOf('.') + 1).equals(prefix))
        .map(
            pair ->
                new Order(
                    pair,
                    schema.indexOf(pair.first().substring(prefix.length())),
                    schema.indexOf(pair.second().substring(prefix.length()))))
        .collect(toImmutableList());
  }

  /** Two timestamps of one record, by the indices of their fields, the earlier one first. */
  record Order(RowRules.Ordered paths, int first, int second) {
    @Nullable Violation check(@Nullable Object earlier, @Nullable Object later) {
      if (earlier == null || later == null || (Long) earlier <= (Long) later) {
        return null;
      }
      return new Violation(
          RejectionRule.IMPOSSIBLE_TIMESTAMP,
          "%s is %s, before %s, which is %s"
              .formatted(
                  paths.second(),
                  EpochMicros.toInstant((Long) later),
                  paths.first(),
                  EpochMicros.toInstant((Long) earlier)));
    }
  }
}
