package org.stripeanalytics.report;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Layer;

/**
 * How recent a raw table is.
 *
 * @param newestChange the newest change of any object in it; null without rows
 * @param loadedAt when its newest rows were loaded
 * @param daysBehind whole days between that change and the end of the figures' last day; null where
 *     either is not known
 */
public record Freshness(
    String table,
    long rows,
    @Nullable Instant newestChange,
    @Nullable Instant loadedAt,
    @Nullable Long daysBehind) {

  static ImmutableList<Freshness> of(ImmutableList<CatalogueTable> tables, ReportFrame frame) {
    return tables.stream()
        .filter(table -> table.layer().equals(Layer.RAW.id()))
        .map(table -> of(table, frame))
        .collect(ImmutableList.toImmutableList());
  }

  private static Freshness of(CatalogueTable table, ReportFrame frame) {
    Optional<Long> behind =
        Optional.ofNullable(table.newestChange())
            .flatMap(
                change ->
                    frame
                        .asOf()
                        .map(
                            asOf ->
                                ChronoUnit.DAYS.between(
                                    LocalDate.ofInstant(change, ZoneId.of(frame.zone())),
                                    asOf.minusDays(1)))
                        .map(days -> Math.max(days, 0)));
    return new Freshness(
        table.name(),
        table.rows() == null ? 0 : table.rows(),
        table.newestChange(),
        table.loadedAt(),
        behind.orElse(null));
  }
}
