package org.stripeanalytics.model.schema;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.auto.value.AutoValue;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.KV;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;

class RowCoderTest {
  private static final Parcel EMPTY = Parcel.builder().setId("pa_1").setItems(List.of()).build();
  private static final Parcel FULL =
      EMPTY.toBuilder()
          .setId("påket")
          .setFragile(true)
          .setSpeed(Speed.EXPRESS)
          .setWeight(new BigDecimal("-12.500"))
          .setSentOn(LocalDate.of(1969, 12, 31))
          .setSeenAt(Instant.parse("2024-02-29T23:59:59.123456Z"))
          .setItems(List.of(item("cup", 4L), item("", -1L)))
          .setLargest(item("cup", Long.MIN_VALUE))
          .build();

  private final Coder<Parcel> coder = RowCoder.of(Parcel.class);

  @Test
  void aRowSurvivesWithEveryKindOfValue() throws Exception {
    CoderProperties.coderDecodeEncodeEqual(coder, FULL);
  }

  @Test
  void aRowSurvivesWithoutWhatMayBeMissing() throws Exception {
    CoderProperties.coderDecodeEncodeEqual(coder, EMPTY);
  }

  @Test
  void aRowEndsWhereTheNextValueBegins() throws Exception {
    CoderProperties.coderDecodeEncodeEqual(KvCoder.of(coder, coder), KV.of(FULL, EMPTY));
  }

  @Test
  void equalRowsHaveEqualBytesSoTheyMayBeKeys() throws Exception {
    CoderProperties.coderDeterministic(coder, FULL, FULL.toBuilder().build());
    coder.verifyDeterministic();
  }

  @Test
  void decimalsKeepTheirScaleBecauseItTellsThemApart() throws Exception {
    Parcel shorter = FULL.toBuilder().setWeight(new BigDecimal("-12.5")).build();

    assertThat(CoderUtils.clone(coder, shorter), is(shorter));
    assertThat(shorter, is(not(FULL)));
  }

  @Test
  void aRowThatGoesToSeveralStepsIsWrittenInFullForEach() throws Exception {
    ByteArrayOutputStream steps = new ByteArrayOutputStream();
    for (Parcel row : List.of(FULL, FULL, EMPTY, FULL)) {
      coder.encode(row, steps);
    }

    InputStream in = new ByteArrayInputStream(steps.toByteArray());
    for (Parcel row : List.of(FULL, FULL, EMPTY, FULL)) {
      assertThat(coder.decode(in), is(row));
    }
  }

  @Test
  void aRowThatCannotBeWrittenLeavesNothingBehind() throws Exception {
    CoderUtils.encodeToByteArray(coder, FULL);
    assertThrows(NullPointerException.class, () -> CoderUtils.encodeToByteArray(coder, null));

    CoderProperties.coderDecodeEncodeEqual(coder, FULL);
  }

  @Test
  void beamFindsItByTheAnnotationOfTheClass() throws Exception {
    assertThat(CoderRegistry.createDefault().getCoder(Parcel.class), equalTo(coder));
  }

  @Test
  void codersOfOneClassAreEqualAndOthersAreNot() {
    assertThat(RowCoder.of(Parcel.class), equalTo(coder));
    assertThat(RowCoder.of(Item.class), not(equalTo(coder)));
  }

  @Test
  void itCanBeSentToAWorker() {
    CoderProperties.coderSerializable(coder);
  }

  @Test
  void everyRowClassHasOnlyFieldsThatItCanWrite() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.stripeanalytics");
    List<Class<?>> rowClasses =
        classes.stream()
            .filter(type -> type.isAnnotatedWith(DefaultCoder.class))
            .<Class<?>>map(JavaClass::reflect)
            .toList();

    assertThat(rowClasses.size(), greaterThan(100));
    for (Class<?> rowClass : rowClasses) {
      RowBytes.of(rowClass);
    }
  }

  private static Item item(String name, long count) {
    return new AutoValue_RowCoderTest_Item.Builder().setName(name).setCount(count).build();
  }

  enum Speed {
    ECONOMY,
    EXPRESS
  }

  @AutoValue
  @DefaultCoder(RowCoder.class)
  public abstract static class Parcel {
    public abstract String getId();

    public abstract @Nullable Boolean getFragile();

    public abstract @Nullable Speed getSpeed();

    public abstract @Nullable BigDecimal getWeight();

    public abstract @Nullable LocalDate getSentOn();

    public abstract @Nullable Instant getSeenAt();

    public abstract List<Item> getItems();

    public abstract @Nullable Item getLargest();

    abstract Builder toBuilder();

    static Builder builder() {
      return new AutoValue_RowCoderTest_Parcel.Builder();
    }

    @AutoValue.Builder
    public abstract static class Builder {
      abstract Builder setId(String value);

      abstract Builder setFragile(@Nullable Boolean value);

      abstract Builder setSpeed(@Nullable Speed value);

      abstract Builder setWeight(@Nullable BigDecimal value);

      abstract Builder setSentOn(@Nullable LocalDate value);

      abstract Builder setSeenAt(@Nullable Instant value);

      abstract Builder setItems(List<Item> value);

      abstract Builder setLargest(@Nullable Item value);

      abstract Parcel build();
    }
  }

  @AutoValue
  @DefaultCoder(RowCoder.class)
  public abstract static class Item {
    public abstract String getName();

    public abstract long getCount();

    @AutoValue.Builder
    public abstract static class Builder {
      abstract Builder setName(String value);

      abstract Builder setCount(long value);

      abstract Item build();
    }
  }
}
