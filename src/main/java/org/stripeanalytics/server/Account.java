package org.stripeanalytics.server;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The objects of an account, sorted as lists show them: newest first. For any number of threads.
 */
public final class Account {
  private final Clock clock;
  private final Map<String, ImmutableList<AccountObject>> byType = new HashMap<>();
  private final Map<String, AccountObject> byId = new HashMap<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private final Map<String, Map<String, List<AccountObject>>> indexes = new ConcurrentHashMap<>();

  /**
   * @param objects of one second, those that come later count as newer
   * @param clock the time of the account
   */
  public Account(Collection<? extends AccountObject> objects, Clock clock) {
    this.clock = clock;
    Map<String, List<AccountObject>> grouped = new HashMap<>();
    for (AccountObject object : objects) {
      checkArgument(byId.put(object.id(), object) == null, "two objects %s", object.id());
      grouped.computeIfAbsent(object.type(), type -> new ArrayList<>()).add(object);
    }
    grouped.forEach((type, list) -> byType.put(type, newestFirst(list)));
  }

  private ImmutableList<AccountObject> newestFirst(List<AccountObject> objects) {
    Collections.reverse(objects);
    ImmutableList<AccountObject> sorted =
        objects.stream()
            .sorted(Comparator.comparingLong(AccountObject::created).reversed())
            .collect(toImmutableList());
    for (int i = 0; i < sorted.size(); i++) {
      positions.put(sorted.get(i).id(), i);
    }
    return sorted;
  }

  public Instant now() {
    return clock.instant();
  }

  /** All objects of a type, newest first, also those that are not there yet. */
  public ImmutableList<AccountObject> ofType(String type) {
    return byType.getOrDefault(type, ImmutableList.of());
  }

  /** Those among them that may have a value, in the same order. */
  List<AccountObject> ofType(String type, String name, String value) {
    return indexes
        .computeIfAbsent(type + ' ' + name, key -> index(type, name))
        .getOrDefault(value, List.of());
  }

  private Map<String, List<AccountObject>> index(String type, String name) {
    Map<String, List<AccountObject>> index = new HashMap<>();
    for (AccountObject object : ofType(type)) {
      for (String value : object.values(name)) {
        index.computeIfAbsent(value, first -> new ArrayList<>(2)).add(object);
      }
    }
    return index;
  }

  /** The object of an id, if it is there now. */
  Optional<AccountObject> find(@Nullable String id) {
    return Optional.ofNullable(id).map(byId::get).filter(object -> object.isThere(now()));
  }

  /** Where an object is among those of its type. */
  int position(AccountObject object) {
    return positions.get(object.id());
  }
}
