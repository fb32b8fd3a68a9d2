package org.stripeanalytics.synthesis.json;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.Customer;
import org.stripeanalytics.model.raw.InvoicePayment;
import org.stripeanalytics.model.raw.PaymentMethod;
import org.stripeanalytics.model.schema.RowCodec;

/**
 * Where a value of an object comes from: a path like {@code $status_transitions.paid_at} from the
 * row, {@code ^id} from the row around it, or {@code @customer.phone} from what is related to it. A
 * path through a list gives the list of what it leads to.
 */
final class Value {
  private static final Splitter STEPS = Splitter.on('.');

  private final char root;
  private final String name;
  private final List<Step<?>> steps;
  private final @Nullable FieldType type;
  private final @Nullable RowCodec<?> rows;

  private Value(
      char root,
      String name,
      List<Step<?>> steps,
      @Nullable FieldType type,
      @Nullable RowCodec<?> rows) {
    this.root = root;
    this.name = name;
    this.steps = steps;
    this.type = type;
    this.rows = rows;
  }

  /**
   * @param path begins with {@code $}, {@code ^} or {@code @}
   * @param row of the object that the path stands in
   */
  static Value of(String path, RowCodec<?> row, @Nullable RowCodec<?> parent) {
    List<String> names = new ArrayList<>(STEPS.splitToList(path.substring(1)));
    char root = path.charAt(0);
    String name = names.get(0);
    RowCodec<?> codec = row;
    if (root == '^') {
      checkArgument(parent != null, "%s stands in no other object", path);
      codec = parent;
    } else if (root == '@') {
      names.remove(0);
      codec =
          switch (name) {
            case "customer" -> RowCodec.of(Customer.class);
            case "payments" -> RowCodec.of(InvoicePayment.class);
            case "payment_method" -> RowCodec.of(PaymentMethod.class);
            default -> throw new IllegalArgumentException("nothing is related as " + name);
          };
    }
    List<Step<?>> steps = new ArrayList<>();
    FieldType type = null;
    for (String step : names) {
      checkArgument(codec.schema().hasField(step), "no column for %s in %s", step, path);
      int field = codec.schema().indexOf(step);
      steps.add(new Step<>(codec, field));
      type = codec.schema().getField(field).getType();
      codec = isOfRows(type) ? codec.nested(field) : codec;
    }
    return new Value(root, name, steps, type, type == null || isOfRows(type) ? codec : null);
  }

  private static boolean isOfRows(FieldType type) {
    FieldType element = type.getCollectionElementType();
    return (element == null ? type : element).getTypeName() == TypeName.ROW;
  }

  /** The type of a value that is no row. */
  @Nullable FieldType type() {
    return type;
  }

  /** Takes the rows apart that the path leads to, or null where it leads to none. */
  @Nullable RowCodec<?> rows() {
    return rows;
  }

  @Nullable Object in(Scope scope) {
    Object value =
        switch (root) {
          case '^' -> scope.parent();
          case '@' ->
              switch (name) {
                case "customer" -> scope.related().customer();
                case "payments" -> scope.related().payments();
                default -> scope.related().paymentMethod();
              };
          default -> scope.row();
        };
    for (int i = 0; i < steps.size() && value != null; i++) {
      value = steps.get(i).in(value);
    }
    return value;
  }

  private record Step<T>(RowCodec<T> codec, int field) {

    @SuppressWarnings("unchecked")
    @Nullable Object in(Object value) {
      if (value instanceof List<?> list) {
        List<Object> values = new ArrayList<>(list.size());
        list.forEach(element -> values.add(codec.get((T) element, field)));
        return values;
      }
      return codec.get((T) value, field);
    }
  }
}
