package org.stripeanalytics.warehouse.bigquery;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;

/**
 * Rows of any table whose values are those at which engines disagree: nothing, less than nothing,
 * ends of months, texts beyond ASCII, numbers that a double would round. Few values for each type,
 * so that keys meet and sort keys are equal. The same seed makes the same rows.
 */
final class EdgeRows {
  private static final ImmutableList<String> TEXTS =
      ImmutableList.of(
          "a",
          "A",
          "b",
          "",
          " ",
          "ä",
          "Žofie \"鈴木\" 😀",
          "it's\\n\n",
          "all",
          "usd",
          "cus_1",
          "10",
          "9");

  private static final ImmutableList<Long> INTEGERS =
      ImmutableList.of(0L, 1L, -1L, 2L, -250L, 12L, 9_007_199_254_740_993L, 100L);

  private static final ImmutableList<BigDecimal> DECIMALS =
      ImmutableList.of(
          new BigDecimal("0"),
          new BigDecimal("0.000000001"),
          new BigDecimal("-0.5"),
          new BigDecimal("1"),
          new BigDecimal("2.675"),
          new BigDecimal("-1234.565"),
          new BigDecimal("0.333333333"),
          new BigDecimal("1234567890123456789.123456789"));

  private static final ImmutableList<LocalDate> DATES =
      ImmutableList.of(
          LocalDate.of(2024, 1, 1),
          LocalDate.of(2024, 1, 31),
          LocalDate.of(2024, 2, 1),
          LocalDate.of(2024, 2, 29),
          LocalDate.of(2023, 12, 31),
          LocalDate.of(2024, 5, 31),
          LocalDate.of(2023, 2, 28));

  private static final ImmutableList<Instant> TIMES =
      ImmutableList.of(
          Instant.parse("2024-01-31T23:59:59.999999Z"),
          Instant.parse("2024-02-01T00:00:00Z"),
          Instant.parse("2024-03-31T01:30:00Z"),
          Instant.parse("2024-02-29T12:00:00.1Z"),
          Instant.parse("1990-01-01T00:00:00Z"));

  private final Random random;
  private final int nullsInTen;

  private EdgeRows(long seed, int nullsInTen) {
    this.random = new Random(seed);
    this.nullsInTen = nullsInTen;
  }

  /** Rows in which any column may be empty, also one that has to be filled. */
  static List<Map<String, Object>> withGaps(Contract contract, int rows) {
    return new EdgeRows(contract.name().hashCode(), 2).rows(contract, contract.columns(), rows);
  }

  /** Rows with different keys, in which a column is empty only if it may be. */
  static List<Map<String, Object>> valid(
      Contract contract, List<TableFieldSchema> columns, long seed, int rows) {
    return new EdgeRows(contract.name().hashCode() + seed, 0)
        .rows(contract, columns, 4 * rows).stream()
            .filter(differentKeys(contract))
            .limit(rows)
            .toList();
  }

  /** Lets one row of each key through. */
  static Predicate<Map<String, Object>> differentKeys(Contract contract) {
    Set<List<Object>> seen = new HashSet<>();
    return row -> seen.add(contract.primaryKey().stream().map(row::get).toList());
  }

  private List<Map<String, Object>> rows(
      Contract contract, List<TableFieldSchema> columns, int rows) {
    List<Map<String, Object>> made = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      Map<String, Object> row = new LinkedHashMap<>();
      for (TableFieldSchema column : columns) {
        row.put(
            column.getName(),
            value(column, contract.quality().acceptedValues().get(column.getName())));
      }
      made.add(row);
    }
    return made;
  }

  private @Nullable Object value(TableFieldSchema column, @Nullable List<String> accepted) {
    if ("REPEATED".equals(column.getMode())) {
      List<Object> items = new ArrayList<>();
      int count = random.nextInt(3);
      for (int i = 0; i < count; i++) {
        items.add(single(column, null));
      }
      return items;
    }
    boolean mayBeEmpty = !"REQUIRED".equals(column.getMode());
    return random.nextInt(10) < (mayBeEmpty ? 3 : nullsInTen) ? null : single(column, accepted);
  }

  private Object single(TableFieldSchema column, @Nullable List<String> accepted) {
    return switch (column.getType()) {
      case "STRING" -> one(accepted == null || random.nextInt(4) == 0 ? TEXTS : accepted);
      case "INTEGER" -> one(INTEGERS);
      case "NUMERIC" -> one(DECIMALS);
      case "BOOLEAN" -> random.nextBoolean();
      case "DATE" -> one(DATES);
      case "TIMESTAMP" -> one(TIMES);
      case "RECORD" -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        column.getFields().forEach(field -> fields.put(field.getName(), value(field, null)));
        yield fields;
      }
      default -> throw new IllegalArgumentException("no value for " + column);
    };
  }

  private <T> T one(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
