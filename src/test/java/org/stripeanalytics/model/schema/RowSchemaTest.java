package org.stripeanalytics.model.schema;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;

class RowSchemaTest {
  private static final Order ORDER =
      Order.builder()
          .setOrderId("or_1")
          .setChannel(Channel.PHONE)
          .setPlacedAt(Instant.parse("2024-02-29T23:59:59.123456Z"))
          .setTotalAmount(new BigDecimal("12.500000000"))
          .setLines(
              List.of(Line.builder().setSoldOn(LocalDate.of(2024, 2, 29)).setQuantity(2L).build()))
          .setSnapshotDate(LocalDate.of(2024, 2, 29))
          .build();

  private final Schema schema = new RowSchema().schemaFor(TypeDescriptor.of(Order.class));

  @Test
  void datesInstantsAndNestedRowsBecomeWarehouseColumns() {
    assertThat(
        schema.getField("_snapshot_date").getType().getLogicalType().getIdentifier(),
        is("beam:logical_type:date:v1"));
    assertThat(
        schema.getField("placed_at").getType().getLogicalType().getIdentifier(),
        is(EpochMicros.IDENTIFIER));
    assertThat(schema.getField("note").getType().getNullable(), is(true));
    Schema line = schema.getField("lines").getType().getCollectionElementType().getRowSchema();
    assertThat(
        line.getField("sold_on").getType().getLogicalType().getIdentifier(),
        is("beam:logical_type:date:v1"));
  }

  @Test
  void aRowIsRebuiltFromItsEncodedValues() {
    RowCodec<Order> codec = RowCodec.of(Order.class);
    Object[] values =
        IntStream.range(0, schema.getFieldCount()).mapToObj(i -> codec.get(ORDER, i)).toArray();

    assertThat(values[schema.indexOf("_snapshot_date")], is(19_782L));
    assertThat(values[schema.indexOf("channel")], is(1));
    assertThat(codec.create(values), equalTo(ORDER));
  }

  public enum Channel {
    SHOP,
    PHONE
  }

  @AutoValue
  @DefaultCoder(RowCoder.class)
  @SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
  public abstract static class Order {
    public abstract String getOrderId();

    public abstract Channel getChannel();

    public abstract Instant getPlacedAt();

    public abstract @Nullable BigDecimal getTotalAmount();

    public abstract @Nullable String getNote();

    public abstract List<Line> getLines();

    @SchemaFieldName("_snapshot_date")
    public abstract LocalDate getSnapshotDate();

    static Builder builder() {
      return new AutoValue_RowSchemaTest_Order.Builder();
    }

    @AutoValue.Builder
    public abstract static class Builder {
      abstract Builder setOrderId(String value);

      abstract Builder setChannel(Channel value);

      abstract Builder setPlacedAt(Instant value);

      abstract Builder setTotalAmount(@Nullable BigDecimal value);

      abstract Builder setNote(@Nullable String value);

      abstract Builder setLines(List<Line> value);

      abstract Builder setSnapshotDate(LocalDate value);

      abstract Order build();
    }
  }

  @AutoValue
  @DefaultCoder(RowCoder.class)
  @SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
  public abstract static class Line {
    public abstract LocalDate getSoldOn();

    public abstract Long getQuantity();

    static Builder builder() {
      return new AutoValue_RowSchemaTest_Line.Builder();
    }

    @AutoValue.Builder
    public abstract static class Builder {
      abstract Builder setSoldOn(LocalDate value);

      abstract Builder setQuantity(Long value);

      abstract Line build();
    }
  }
}
