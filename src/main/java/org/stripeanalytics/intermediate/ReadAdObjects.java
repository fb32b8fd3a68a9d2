package org.stripeanalytics.intermediate;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.SourceMapping.Ad;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.fold.terms.AdObject;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Reads the accounts, campaigns and ads of advertising platforms from the tables whose contracts
 * say that they describe some, in one query. All versions are read, whatever day a run looks at:
 * they only say what something was called, and exports show the present.
 */
final class ReadAdObjects {
  static ImmutableList<WarehouseTable<?>> tables() {
    return Tables.all().stream()
        .filter(table -> ad(table).isPresent())
        .collect(ImmutableList.toImmutableList());
  }

  static ImmutableList<AdObject> from(Warehouse warehouse) {
    String sql = tables().stream().map(ReadAdObjects::select).collect(joining("\nUNION ALL "));
    return warehouse.query(sql).rows().stream()
        .map(ReadAdObjects::object)
        .collect(ImmutableList.toImmutableList());
  }

  private static String select(WarehouseTable<?> table) {
    Ad ad = ad(table).orElseThrow();
    return "SELECT '%s', t.%s, t._snapshot_date, %s, %s, %s, %s FROM %1$s AS t"
        .formatted(
            table.name(),
            ad.id(),
            orNull(ad.currency()),
            orNull(ad.zone()),
            orNull(ad.name()),
            orNull(ad.of() == null ? null : ad.of().column()));
  }

  private static String orNull(@Nullable String column) {
    return column == null ? "CAST(NULL AS STRING)" : "t." + column;
  }

  private static AdObject object(List<Object> row) {
    return AdObject.builder()
        .setTable((String) row.get(0))
        .setId((String) row.get(1))
        .setSince((LocalDate) row.get(2))
        .setCurrency((String) row.get(3))
        .setZone((String) row.get(4))
        .setName((String) row.get(5))
        .setCampaign((String) row.get(6))
        .build();
  }

  private static Optional<Ad> ad(WarehouseTable<?> table) {
    return table.contract().source().map(source -> source.ad());
  }

  private ReadAdObjects() {}
}
