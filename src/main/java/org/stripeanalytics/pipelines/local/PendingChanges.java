package org.stripeanalytics.pipelines.local;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * What was ingested after the last transform, and the days to transform so that the tables become
 * those of one transform over everything. Those days begin with the month of the earliest of
 *
 * <ul>
 *   <li>the days on which objects changed,
 *   <li>the creation of objects that were not known before, which earlier months lack,
 *   <li>the creation of products, prices, coupons and discounts that are new or have other terms:
 *       the fold takes their newest version for all of history, as far back as it was folded,
 *   <li>the end of the last transform, whose month was not over.
 * </ul>
 *
 * <p>Prices, coupons and payment methods inside other objects come again with each of these and are
 * nothing new by themselves.
 *
 * @param events rows of {@code raw.events}
 * @param objects rows of the other raw tables
 */
record PendingChanges(long events, long objects, DataInterval days) {
  /**
   * The time from which an object affects the tables. Tables not listed: the day of the version.
   */
  private static final ImmutableMap<WarehouseTable<?>, String> SINCE =
      ImmutableMap.<WarehouseTable<?>, String>builder()
          .put(Tables.CUSTOMERS, "t.created")
          .put(Tables.PAYMENT_METHODS, "t.created")
          .put(Tables.SUBSCRIPTIONS, "LEAST(t.created, t.start_date)")
          .put(Tables.INVOICES, "t.created")
          .put(Tables.INVOICE_PAYMENTS, "t.created")
          .put(Tables.CHARGES, "t.created")
          .put(Tables.REFUNDS, "t.created")
          .put(Tables.DISPUTES, "t.created")
          .put(Tables.BALANCE_TRANSACTIONS, "t.created")
          .put(Tables.PRODUCTS, "t.created")
          .put(Tables.PRICES, "t.created")
          .put(Tables.COUPONS, "t.created")
          .put(Tables.DISCOUNTS, "t.\"start\"")
          .buildOrThrow();

  /**
   * The catalogue columns that the fold uses for all of history, so that a change in one reaches
   * back.
   */
  private static final ImmutableMap<WarehouseTable<?>, ImmutableList<String>> TERMS =
      ImmutableMap.of(
          Tables.PRODUCTS,
          ImmutableList.of("name"),
          Tables.PRICES,
          ImmutableList.of(
              "product",
              "currency",
              "type",
              "billing_scheme",
              "unit_amount",
              "unit_amount_decimal",
              "recurring",
              "transform_quantity",
              "tiers_mode",
              "tiers",
              "currency_options"),
          Tables.COUPONS,
          ImmutableList.of("duration", "percent_off", "amount_off", "currency", "applies_to"),
          // One that ends today is what it was until today.
          Tables.DISCOUNTS,
          ImmutableList.of("coupon", "start"));

  private static final String LAST =
      """
SELECT MAX(_ingested_at), MAX(interval_to), MIN(interval_from)
FROM ops.run_log WHERE pipeline = 'transform' AND outcome = 'succeeded'
""";

  /** Empty if the last transform has seen everything. */
  static Optional<PendingChanges> in(DuckDbWarehouse warehouse) {
    List<Object> row = warehouse.query(LAST).rows().get(0);
    Last last = new Last((Instant) row.get(0), (LocalDate) row.get(1), (LocalDate) row.get(2));
    String sql =
        Tables.all().stream()
            .filter(PendingChanges::isTransformed)
            .map(table -> changesOf(table, last))
            .collect(joining("UNION ALL "));
    ImmutableList<Changes> changes =
        warehouse.query(sql).rows().stream()
            .map(Changes::of)
            .filter(table -> table.rows() > 0)
            .collect(toImmutableList());
    return changes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new PendingChanges(
                rows(changes, true),
                rows(changes, false),
                days(changes, last, warehouse.reportingZone())));
  }

  /** The column with the id of what a table describes for {@code source.spend}. */
  private static Optional<String> idOfAds(WarehouseTable<?> table) {
    return table
        .contract()
        .source()
        .filter(source -> source.ad() != null)
        .map(source -> source.ad().id());
  }

  /** Whether transform makes something of it, as it does of little that other sources have. */
  private static boolean isTransformed(WarehouseTable<?> table) {
    return table.contract().isOfStripe()
        || table
            .contract()
            .source()
            .filter(source -> source.spend() != null || source.ad() != null)
            .isPresent();
  }

  /** What came, for people: events, or the objects of an export. */
  String summary() {
    return events > 0
        ? String.format(Locale.ROOT, "%,d events", events)
        : String.format(Locale.ROOT, "%,d objects", objects);
  }

  /**
   * The last transform, with nulls if there was none.
   *
   * @param reached the day up to which any has gone
   * @param beginning the first day of any
   */
  private record Last(
      @Nullable Instant at, @Nullable LocalDate reached, @Nullable LocalDate beginning) {
    String before(String row) {
      return at == null
          ? "FALSE"
          : "%s._ingested_at <= TIMESTAMP '%s'".formatted(row, at.toString().replace("Z", ""));
    }
  }

  /**
   * What has changed in a table.
   *
   * @param first the day of the earliest version
   * @param oldest since when the oldest object matters that is not known; null if all are
   */
  private record Changes(
      String table, long rows, LocalDate first, LocalDate last, @Nullable Instant oldest) {
    static Changes of(List<Object> row) {
      return new Changes(
          (String) row.get(0),
          (Long) row.get(1),
          (LocalDate) row.get(2),
          (LocalDate) row.get(3),
          (Instant) row.get(4));
    }

    boolean isOfCatalogue() {
      return TERMS.keySet().stream().anyMatch(terms -> terms.name().equals(table))
          || idOfAds(Tables.named(table)).isPresent();
    }

    Stream<LocalDate> days(ZoneId zone) {
      return Stream.concat(
          Stream.of(first),
          Stream.ofNullable(oldest).map(instant -> LocalDate.ofInstant(instant, zone)));
    }
  }

  private static long rows(List<Changes> changes, boolean ofEvents) {
    return changes.stream()
        .filter(table -> table.table().equals(Tables.EVENTS.name()) == ofEvents)
        .mapToLong(Changes::rows)
        .sum();
  }

  private static DataInterval days(List<Changes> changes, Last last, ZoneId zone) {
    LocalDate ofObjects =
        changes.stream()
            .filter(table -> !table.isOfCatalogue())
            .flatMap(table -> table.days(zone))
            .min(LocalDate::compareTo)
            .orElse(null);
    LocalDate ofCatalogue =
        changes.stream()
            .filter(Changes::isOfCatalogue)
            .flatMap(table -> last.at() == null ? Stream.of(table.first()) : table.days(zone))
            .min(LocalDate::compareTo)
            .map(
                day ->
                    last.beginning() != null && day.isBefore(last.beginning())
                        ? last.beginning()
                        : day)
            .orElse(null);
    LocalDate from =
        last.at() == null && ofObjects != null
            ? ofObjects
            : Stream.of(ofObjects, ofCatalogue, last.reached())
                .filter(Objects::nonNull)
                .min(LocalDate::compareTo)
                .orElseThrow();
    LocalDate to =
        Stream.concat(
                changes.stream().map(table -> table.last().plusDays(1)),
                Stream.ofNullable(last.reached()))
            .max(LocalDate::compareTo)
            .orElseThrow();
    return DataInterval.of(from.withDayOfMonth(1), to);
  }

  private static String changesOf(WarehouseTable<?> table, Last last) {
    boolean isTerms =
        table == Tables.PRICES || table == Tables.COUPONS || table == Tables.PAYMENT_METHODS;
    return """
    SELECT '%1$s' AS table_name, COUNT(*) AS changes, MIN(t._snapshot_date) AS first_day,
      MAX(t._snapshot_date) AS last_day, %2$s AS oldest
    FROM %1$s AS t
    WHERE NOT %3$s%4$s
    """
        .formatted(
            table.name(),
            oldest(table, last),
            last.before("t"),
            isTerms ? " AND t._payload IS NOT NULL" : "");
  }

  private static String oldest(WarehouseTable<?> table, Last last) {
    // An account or campaign that is described for the first time is that of all earlier costs too.
    return idOfAds(table)
        .map(
            id ->
                "MIN(CASE WHEN NOT EXISTS (SELECT 1 FROM %s AS k WHERE k.%2$s = t.%2$s AND %3$s)"
                        .formatted(table.name(), id, last.before("k"))
                    + " THEN TIMESTAMP '1970-01-01 00:00:00' END)")
        .orElseGet(
            () ->
                SINCE.containsKey(table)
                    ? "MIN(CASE WHEN NOT (%s) THEN %s END)"
                        .formatted(isKnown(table, last), SINCE.get(table))
                    : "CAST(NULL AS TIMESTAMP)");
  }

  /** Whether the last transform has seen the object, and its terms if it has any. */
  private static String isKnown(WarehouseTable<?> table, Last last) {
    String sameTerms =
        TERMS.getOrDefault(table, ImmutableList.of()).stream()
            .map(" AND k.\"%1$s\" IS NOT DISTINCT FROM t.\"%1$s\""::formatted)
            .collect(joining());
    String known =
        "EXISTS (SELECT 1 FROM %s AS k WHERE k.id = t.id AND %s%s)"
            .formatted(table.name(), last.before("k"), sameTerms);
    // A version of the same day has taken the place of the one that was known; its event has not.
    return TERMS.containsKey(table)
        ? known
        : known
            + " OR EXISTS (SELECT 1 FROM raw.events AS e WHERE e.object_id = t.id AND %s)"
                .formatted(last.before("e"));
  }
}
