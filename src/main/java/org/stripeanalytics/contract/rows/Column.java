package org.stripeanalytics.contract.rows;

import com.google.common.base.CaseFormat;
import com.google.common.base.Converter;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A column of a contract, as Java sees it.
 *
 * @param path where it stands, such as {@code raw.charges.outcome}
 * @param property its name in Java, in the contract's spelling: only where a table has both {@code
 *     x} and {@code _x} is it another than the column's
 * @param record the class of a RECORD's rows; null for every other type
 */
record Column(
    String path,
    String name,
    String property,
    String type,
    Mode mode,
    String description,
    @Nullable ClassName record) {
  private static final Converter<String, String> ACCESSOR =
      CaseFormat.LOWER_UNDERSCORE.converterTo(CaseFormat.UPPER_CAMEL);

  /** BigQuery's modes of a column. */
  enum Mode {
    REQUIRED,
    NULLABLE,
    REPEATED
  }

  /** What stands after {@code get} and {@code set}: {@code AsOf} for {@code _as_of}. */
  String accessor() {
    return ACCESSOR.convert(property.startsWith("_") ? property.substring(1) : property);
  }

  /** Whether Beam would read another column name from {@link #accessor} than the contract's. */
  boolean needsFieldName() {
    return !name.equals(ACCESSOR.reverse().convert(accessor()));
  }

  boolean isRepeated() {
    return mode == Mode.REPEATED;
  }

  /** The type of the accessor and of the setter's argument. */
  String javaType() {
    return switch (mode) {
      case REQUIRED -> single();
      case NULLABLE -> "@Nullable " + boxed();
      case REPEATED -> "List<" + boxed() + ">";
    };
  }

  /** The classes that {@link #javaType} names, other than those of {@code java.lang}. */
  List<String> imports() {
    return switch (type) {
      case "NUMERIC" -> List.of("java.math.BigDecimal");
      case "DATE" -> List.of("java.time.LocalDate");
      case "TIMESTAMP" -> List.of("java.time.Instant");
      case "RECORD" -> List.of(record.qualified());
      default -> List.of();
    };
  }

  private String single() {
    return switch (type) {
      case "INTEGER" -> "long";
      case "BOOLEAN" -> "boolean";
      default -> boxed();
    };
  }

  private String boxed() {
    return switch (type) {
      case "STRING" -> "String";
      case "INTEGER" -> "Long";
      case "BOOLEAN" -> "Boolean";
      case "NUMERIC" -> "BigDecimal";
      case "DATE" -> "LocalDate";
      case "TIMESTAMP" -> "Instant";
      case "RECORD" -> record.simple();
      default ->
          throw new UnusableContractException(
              path
                  + " has type "
                  + type
                  + "; allowed are STRING, INTEGER, BOOLEAN, NUMERIC, DATE, TIMESTAMP, RECORD");
    };
  }
}
