package org.stripeanalytics.quality;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCodec;

/** The checks of one record, a row or one nested in it: one per field that has any. */
final class RecordChecks implements ValueCheck {
  private final RowCodec<?> codec;
  private final int[] fields;
  private final ValueCheck[] checks;
  private final ImmutableList<ValueChecks.Order> orders;

  private RecordChecks(
      RowCodec<?> codec,
      int[] fields,
      ValueCheck[] checks,
      ImmutableList<ValueChecks.Order> orders) {
    this.codec = codec;
    this.fields = fields;
    this.checks = checks;
    this.orders = orders;
  }

  /**
   * @param prefix path of the record with a dot behind it; empty for a row
   */
  static RecordChecks of(RowCodec<?> codec, ValueChecks rules, String prefix) {
    Schema schema = codec.schema();
    List<Integer> fields = new ArrayList<>();
    List<ValueCheck> checks = new ArrayList<>();
    for (int i = 0; i < schema.getFieldCount(); i++) {
      ValueCheck check = check(codec, i, rules, prefix + schema.getField(i).getName());
      if (check != null) {
        fields.add(i);
        checks.add(check);
      }
    }
    return new RecordChecks(
        codec,
        fields.stream().mapToInt(Integer::intValue).toArray(),
        checks.toArray(ValueCheck[]::new),
        rules.ordersWithin(prefix, schema));
  }

  @Override
  public @Nullable Violation check(Object row, @Nullable String currency) {
    for (int i = 0; i < checks.length; i++) {
      Object value = get(row, fields[i]);
      if (value != null) {
        Violation violation = checks[i].check(value, currency);
        if (violation != null) {
          return violation;
        }
      }
    }
    for (ValueChecks.Order order : orders) {
      Violation violation = order.check(get(row, order.first()), get(row, order.second()));
      if (violation != null) {
        return violation;
      }
    }
    return null;
  }

  @SuppressWarnings("unchecked")
  private @Nullable Object get(Object row, int field) {
    return ((RowCodec<Object>) codec).get(row, field);
  }

  private static @Nullable ValueCheck check(
      RowCodec<?> codec, int field, ValueChecks rules, String path) {
    FieldType type = codec.schema().getField(field).getType();
    boolean repeated =
        type.getTypeName() == TypeName.ARRAY || type.getTypeName() == TypeName.ITERABLE;
    FieldType element = repeated ? type.getCollectionElementType() : type;
    ValueCheck check =
        element.getTypeName() == TypeName.ROW
            ? of(codec.nested(field), rules, path + ".")
            : rules.of(element, path);
    return repeated && check != null ? everyElement(check) : check;
  }

  private static ValueCheck everyElement(ValueCheck check) {
    return (value, currency) -> {
      for (Object element : (List<?>) value) {
        Violation violation = check.check(element, currency);
        if (violation != null) {
          return violation;
        }
      }
      return null;
    };
  }
}
