package org.stripeanalytics.synthesis.profile;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Holds a profile against the ranges that its components are marked with, and against what ties
 * several keys together. The first breach is refused with the path of its key.
 */
final class ProfileRules {
  private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();

  /** Weights in a file are decimals; this is what adding them up may lose. */
  private static final double ROUNDING = 1e-6;

  static void check(Profile profile) {
    checkRecord("", profile);
    profile.regions().forEach((region, part) -> checkRegion(profile, region, part));
    profile
        .cards()
        .brands()
        .forEach((country, mix) -> checkWeights("cards.brands." + country, mix));
    checkArgument(
        profile.cards().brands().containsKey("default"), "profile key cards.brands lacks default");
    int retries = profile.payments().retryDays().size();
    checkArgument(
        profile.payments().recoveryRetry().size() == retries,
        "profile key payments.recovery_retry: has %s entries, payments.retry_days has %s",
        profile.payments().recoveryRetry().size(),
        retries);
    checkArgument(
        profile.payments().recoveryByDecline().keySet().containsAll(List.of(Decline.values())),
        "profile key payments.recovery_by_decline: lacks some of the declines");
    profile.coupons().offers().forEach(ProfileRules::checkOffer);
    for (int i = 0; i < profile.signups().holidays().size(); i++) {
      checkDays("signups.holidays[" + i + "].days", profile.signups().holidays().get(i).days());
    }
    Profile.Incidents incidents = profile.incidents();
    checkDates(
        "incidents.declines", incidents.declines().stream().map(Profile.DeclineDay::day).toList());
    checkDates("incidents.doubled_loads", incidents.doubledLoads());
    checkDates("incidents.missing_loads", incidents.missingLoads());
  }

  private static void checkRegion(Profile profile, Region region, Profile.RegionProfile part) {
    String path = "regions." + region.id();
    checkArgument(
        profile.plans().keySet().containsAll(part.plans().keySet()),
        "profile key %s.plans: names a plan that plans does not have",
        path);
    try {
      ZoneId.of(part.timeZone());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "profile key " + path + ".time_zone: no time zone " + part.timeZone(), e);
    }
  }

  private static void checkOffer(String code, Profile.Offer offer) {
    String path = "coupons.offers." + code;
    checkArgument(
        Set.of("once", "repeating", "forever").contains(offer.duration()),
        "profile key %s.duration: %s is not once, repeating or forever",
        path,
        offer.duration());
    checkArgument(
        offer.duration().equals("repeating") == (offer.months() != null),
        "profile key %s.months: belongs to repeating coupons, and only to them",
        path);
    checkArgument(
        (offer.percentOff() == null) != (offer.amountOff() == null),
        "profile key %s: has to have one of percent_off and amount_off",
        path);
  }

  private static void checkDays(String path, List<String> days) {
    for (String day : days) {
      try {
        if (day.length() == 5) {
          MonthDay.parse("--" + day);
        } else {
          LocalDate.parse(day);
        }
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "profile key " + path + ": " + day + " is neither a date nor month-day", e);
      }
    }
  }

  private static void checkDates(String path, List<String> days) {
    for (String day : days) {
      try {
        LocalDate.parse(day);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("profile key " + path + ": " + day + " is no date", e);
      }
    }
  }

  private static void checkRecord(String path, Record part) {
    for (RecordComponent component : part.getClass().getRecordComponents()) {
      String key = SNAKE_CASE.translate(component.getName());
      check(path.isEmpty() ? key : path + "." + key, component, valueOf(part, component));
    }
  }

  private static void check(String path, RecordComponent component, @Nullable Object value) {
    checkArgument(
        value != null || component.getAnnotatedType().isAnnotationPresent(Nullable.class),
        "profile key %s: is missing",
        path);
    Weights weights = component.getAnnotation(Weights.class);
    if (weights != null) {
      checkWeights(path, weights.of().isEmpty() ? value : weightsOf((Map<?, ?>) value, weights));
    }
    checkRange(path, component, value);
    if (value instanceof Record part) {
      checkRecord(path, part);
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, entry) -> checkEntry(path + "." + name(key), component, entry));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        checkEntry(path + "[" + i + "]", component, list.get(i));
      }
    }
  }

  private static void checkEntry(String path, AnnotatedElement rules, @Nullable Object entry) {
    checkArgument(entry != null, "profile key %s: is missing", path);
    if (entry instanceof Record part) {
      checkRecord(path, part);
    } else {
      checkRange(path, rules, entry);
    }
  }

  private static void checkRange(String path, AnnotatedElement rules, @Nullable Object value) {
    Between between = rules.getAnnotation(Between.class);
    if (value instanceof Number number) {
      double least = between != null ? between.least() : 0;
      double most = between != null ? between.most() : 1;
      boolean ruled = between != null || rules.isAnnotationPresent(Probability.class);
      checkArgument(
          !ruled || (number.doubleValue() >= least && number.doubleValue() <= most),
          "profile key %s: %s lies outside %s..%s",
          path,
          number,
          least,
          most);
    } else if (value instanceof Collection<?> list && between != null && between.entries() > 0) {
      checkArgument(
          list.size() == between.entries(),
          "profile key %s: has %s entries, needs %s",
          path,
          list.size(),
          between.entries());
    }
  }

  private static void checkWeights(String path, @Nullable Object weights) {
    Collection<?> numbers =
        weights instanceof Map<?, ?> map ? map.values() : (Collection<?>) weights;
    double sum = 0;
    for (Object number : numbers) {
      double weight = ((Number) number).doubleValue();
      checkArgument(weight >= 0, "profile key %s: weight %s is negative", path, weight);
      sum += weight;
    }
    checkArgument(
        Math.abs(sum - 1) < ROUNDING, "profile key %s: weights sum to %s, not to 1", path, sum);
  }

  private static Map<Object, Object> weightsOf(Map<?, ?> records, Weights weights) {
    Map<Object, Object> numbers = new LinkedHashMap<>();
    records.forEach(
        (key, part) -> {
          for (RecordComponent component : part.getClass().getRecordComponents()) {
            if (component.getName().equals(weights.of())) {
              numbers.put(key, valueOf((Record) part, component));
            }
          }
        });
    return numbers;
  }

  private static String name(Object key) {
    return key instanceof Enum<?>
        ? ((Enum<?>) key).name().toLowerCase(java.util.Locale.ROOT)
        : "" + key;
  }

  private static @Nullable Object valueOf(Record part, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(part);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  private ProfileRules() {}
}
