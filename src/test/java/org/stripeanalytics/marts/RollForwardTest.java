package org.stripeanalytics.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.fold.Snapshots.day;
import static org.stripeanalytics.marts.MrrMeasure.CUSTOMERS_NEW;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.seeds.Geography;

@ExtendWith(TestPipelineExtension.class)
class RollForwardTest {
  private static final RowGroup ALL = RowGroup.of(MrrMeasure.class, SegmentKey.of("all", "all"));
  private static final DataInterval TO_MID_MAY =
      DataInterval.of(day("2024-01-01"), day("2024-05-15"));

  @Test
  void aQuietPeriodHasARowWithTheLevelItInherits() {
    TreeMap<LocalDate, Sums<MrrMeasure>> sums = new TreeMap<>();
    sums.put(day("2024-02-01"), arr(100));
    sums.put(day("2024-04-01"), arr(-40));

    List<RolledPeriod<MrrMeasure>> rolled =
        RolledPeriod.roll(ALL, sums, Grain.MONTH, CUSTOMERS_NEW, TO_MID_MAY);

    assertThat(
        rolled.stream().map(RollForwardTest::told).toList(),
        contains("2024-02-01 0 +100 = 100", "2024-03-01 100 +0 = 100", "2024-04-01 100 -40 = 60"));
  }

  @Test
  void anUnfinishedPeriodHasNoRow() {
    TreeMap<LocalDate, Sums<MrrMeasure>> sums = new TreeMap<>();
    sums.put(day("2024-05-01"), arr(100));

    assertThat(
        RolledPeriod.roll(ALL, sums, Grain.MONTH, CUSTOMERS_NEW, TO_MID_MAY).isEmpty(), is(true));
    assertThat(RolledPeriod.roll(ALL, sums, Grain.DAY, CUSTOMERS_NEW, TO_MID_MAY).size(), is(14));
  }

  @Test
  void aRowGroupOpensWithItsFirstEventAndNotWithALevelBeforeIt() {
    TreeMap<LocalDate, Sums<MrrMeasure>> sums = new TreeMap<>();
    sums.put(day("2024-01-01"), Sums.of(MrrMeasure.ARR_LIST, 100));
    sums.put(day("2024-03-01"), arr(60));

    assertThat(
        RolledPeriod.roll(ALL, sums, Grain.MONTH, CUSTOMERS_NEW, TO_MID_MAY).stream()
            .map(RolledPeriod::period)
            .toList(),
        contains(day("2024-03-01"), day("2024-04-01")));
  }

  @Test
  void whatLiesBeforeTheIntervalOpensItAndHasNoRowsOfItsOwn() {
    TreeMap<LocalDate, Sums<MrrMeasure>> sums = new TreeMap<>();
    sums.put(day("2023-11-01"), arr(100));
    sums.put(day("2024-02-01"), arr(5));
    DataInterval firstQuarter = DataInterval.of(day("2024-01-01"), day("2024-03-01"));

    assertThat(
        RolledPeriod.roll(ALL, sums, Grain.MONTH, CUSTOMERS_NEW, firstQuarter).stream()
            .map(RollForwardTest::told)
            .toList(),
        contains("2024-01-01 100 +0 = 100", "2024-02-01 100 +5 = 105"));
  }

  @Test
  void aPeriodKnowsWhatMovedInThePeriodsBeforeIt() {
    TreeMap<LocalDate, Sums<MrrMeasure>> sums = new TreeMap<>();
    sums.put(day("2024-01-01"), arr(1));
    sums.put(day("2024-02-01"), arr(10));
    sums.put(day("2024-04-01"), arr(100));

    RolledPeriod<MrrMeasure> april =
        RolledPeriod.roll(ALL, sums, Grain.MONTH, CUSTOMERS_NEW, TO_MID_MAY).get(3);

    assertThat(april.moved(2).get(MrrMeasure.ARR), is(10L));
    assertThat(april.moved(1).get(MrrMeasure.ARR), is(0L));
    assertThat(april.movedBefore(6).get(MrrMeasure.ARR), is(11L));
  }

  @Test
  void eachSegmentValueIsRolledByItself(TestPipeline pipeline) {
    RowGroup europe = RowGroup.of(MrrMeasure.class, SegmentKey.of("region", "europe"));
    PCollection<KV<RowGroup, Sums<MrrMeasure>>> measures =
        pipeline.apply(
            measures(
                timed(ALL, 100, "2024-02-29T00:00:00Z"),
                timed(ALL, 1, "2024-03-01T00:00:00Z"),
                timed(europe, 7, "2024-04-30T00:00:00Z")));

    PAssert.that(measures.apply(rollByMonth(ZoneOffset.UTC)).apply(toText()))
        .containsInAnyOrder(
            "all 2024-02-01 0 +100 = 100",
            "all 2024-03-01 100 +1 = 101",
            "all 2024-04-01 101 +0 = 101",
            "europe 2024-04-01 0 +7 = 7");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aMonthIsTheReportingZonesMonth(TestPipeline pipeline) {
    ZoneId losAngeles = ZoneId.of("America/Los_Angeles");
    // 2024-02-29 16:00 and 2024-03-01 00:00 in Los Angeles
    PCollection<KV<RowGroup, Sums<MrrMeasure>>> measures =
        pipeline.apply(
            measures(timed(ALL, 5, "2024-03-01T00:00:00Z"), timed(ALL, 3, "2024-03-01T08:00:00Z")));

    PAssert.that(measures.apply(rollByMonth(losAngeles)).apply(toText()))
        .containsInAnyOrder(
            "all 2024-02-01 0 +5 = 5", "all 2024-03-01 5 +3 = 8", "all 2024-04-01 8 +0 = 8");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void windowsSplitAtTheMonthBoundaryAndAtTheLeapDay(TestPipeline pipeline) {
    PCollection<KV<RowGroup, Sums<MrrMeasure>>> perDay =
        pipeline
            .apply(
                measures(
                    timed(ALL, 1, "2024-02-28T23:59:59Z"),
                    timed(ALL, 2, "2024-02-29T00:00:00Z"),
                    timed(ALL, 4, "2024-02-29T23:59:59Z"),
                    timed(ALL, 8, "2024-03-01T00:00:00Z")))
            .apply(Window.into(Grain.DAY.windows(ZoneOffset.UTC)))
            .apply(Combine.perKey(new Sums.SumFn<>()));

    PAssert.that(perDay).inWindow(utcDay("2024-02-28")).containsInAnyOrder(KV.of(ALL, arr(1)));
    PAssert.that(perDay)
        .inWindow(utcDay("2024-02-29"))
        .containsInAnyOrder(KV.of(ALL, arr(2).plus(arr(4))));
    PAssert.that(perDay).inWindow(utcDay("2024-03-01")).containsInAnyOrder(KV.of(ALL, arr(8)));
    pipeline.run().waitUntilFinish();
  }

  /** A change of the level, as an event that opens a row group. */
  private static Sums<MrrMeasure> arr(long change) {
    return Sums.of(MrrMeasure.ARR, change).with(CUSTOMERS_NEW, 1);
  }

  private static IntervalWindow utcDay(String day) {
    return new IntervalWindow(
        org.joda.time.Instant.parse(day + "T00:00:00Z"), org.joda.time.Duration.standardDays(1));
  }

  /** Rolls into some row class, here one with three texts. */
  private static MartRows<MrrMeasure, Geography> rollByMonth(ZoneId zone) {
    return MartRows.of(
        new Mart<>(
            Tables.GEOGRAPHY,
            Grain.MONTH,
            MrrMeasure.class,
            CUSTOMERS_NEW,
            TO_MID_MAY,
            period ->
                Geography.builder()
                    .setCountry(period.key().getSegmentValue())
                    .setCountryName(told(period))
                    .setRegion("")
                    .build()),
        zone);
  }

  private static MapElements<Geography, String> toText() {
    return MapElements.into(TypeDescriptors.strings())
        .via(row -> row.getCountry() + " " + row.getCountryName());
  }

  private static String told(RolledPeriod<MrrMeasure> period) {
    return String.format(
        "%s %d %+d = %d",
        period.period(),
        period.opening().get(MrrMeasure.ARR),
        period.moved().get(MrrMeasure.ARR),
        period.closing().get(MrrMeasure.ARR));
  }

  private static TimestampedValue<KV<RowGroup, Sums<MrrMeasure>>> timed(
      RowGroup segment, long arr, String time) {
    return TimestampedValue.of(
        KV.of(segment, arr(arr)),
        org.joda.time.Instant.ofEpochMilli(Instant.parse(time).toEpochMilli()));
  }

  @SafeVarargs
  private static Create.TimestampedValues<KV<RowGroup, Sums<MrrMeasure>>> measures(
      TimestampedValue<KV<RowGroup, Sums<MrrMeasure>>>... measures) {
    return Create.timestamped(new ArrayList<>(List.of(measures)))
        .withCoder(KvCoder.of(RowGroup.RowGroupCoder.of(), Sums.coder()));
  }
}
