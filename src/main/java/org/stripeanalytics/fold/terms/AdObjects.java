package org.stripeanalytics.fold.terms;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Accounts, campaigns and ads of advertising platforms in all that they have been. What was spent
 * on a day is looked up as of that day, so that a run over one month says the same as one over all
 * that knows as much: a campaign that is renamed keeps its earlier name for what was spent before.
 *
 * @param versions by table and id, then by the day since when
 */
public record AdObjects(ImmutableMap<String, ImmutableSortedMap<LocalDate, AdObject>> versions)
    implements Serializable {
  static final AdObjects NONE = new AdObjects(ImmutableMap.of());

  public static AdObjects of(List<AdObject> objects) {
    Map<String, TreeMap<LocalDate, AdObject>> byId = new HashMap<>();
    for (AdObject object : objects) {
      byId.computeIfAbsent(key(object.getTable(), object.getId()), absent -> new TreeMap<>())
          .put(object.getSince(), object);
    }
    ImmutableMap.Builder<String, ImmutableSortedMap<LocalDate, AdObject>> versions =
        ImmutableMap.builder();
    byId.forEach((id, days) -> versions.put(id, ImmutableSortedMap.copyOfSorted(days)));
    return new AdObjects(versions.buildOrThrow());
  }

  /**
   * As it was on a day. An export often shows no more than the present, so what is known first
   * stands for the time before it.
   *
   * @param table the raw table that describes it, {@code layer.table}
   */
  public Optional<AdObject> on(LocalDate day, String table, @Nullable String id) {
    ImmutableSortedMap<LocalDate, AdObject> days = id == null ? null : versions.get(key(table, id));
    if (days == null) {
      return Optional.empty();
    }
    Map.Entry<LocalDate, AdObject> then = days.floorEntry(day);
    return Optional.of(then == null ? days.firstEntry().getValue() : then.getValue());
  }

  private static String key(String table, String id) {
    return table + " " + id;
  }
}
