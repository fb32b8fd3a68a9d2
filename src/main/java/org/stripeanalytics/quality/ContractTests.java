package org.stripeanalytics.quality;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.Quality;
import org.stripeanalytics.contract.Quality.Condition;
import org.stripeanalytics.contract.Quality.Freshness;
import org.stripeanalytics.contract.Quality.Identity;
import org.stripeanalytics.contract.Quality.Reference;
import org.stripeanalytics.contract.Quality.Volume;
import org.stripeanalytics.contract.RowRules.Range;
import org.stripeanalytics.contract.Severity;
import org.stripeanalytics.quality.DataTest.Rule;
import org.stripeanalytics.quality.TableScan.Measured;

/** Compiles the promises of a contract to SQL. */
public final class ContractTests {
  /** Layers whose values are Stripe's, which adds some every month; a new one is only warned of. */
  private static final ImmutableSet<Layer> OF_STRIPE =
      ImmutableSet.of(Layer.RAW, Layer.INTERMEDIATE);

  private static final String RAW = Layer.RAW.id() + ".";

  private final Contract contract;
  private final ImmutableList.Builder<Measured> measured = ImmutableList.builder();

  private ContractTests(Contract contract) {
    this.contract = contract;
  }

  /**
   * The tests that one scan of the table answers. What repeated columns hold was looked at row by
   * row when it came in; a scan leaves it out.
   *
   * @param asOf the day whose start is the present
   * @param usualRows the median number of rows in earlier runs, if there were any
   */
  public static TableScan scan(Contract contract, LocalDate asOf, OptionalLong usualRows) {
    ContractTests tests = new ContractTests(contract);
    Quality quality = contract.quality();
    tests.notNull();
    tests.uniqueKey();
    quality.references().stream()
        .filter(reference -> contract.isSingle(reference.column()))
        .forEach(tests::reference);
    Maps.filterKeys(quality.acceptedValues(), contract::isSingle).forEach(tests::acceptedValues);
    Maps.filterKeys(quality.ranges(), contract::isSingle).forEach(tests::range);
    quality.conditions().forEach(tests::condition);
    if (quality.freshness() != null) {
      tests.freshness(quality.freshness(), asOf);
    }
    if (quality.volume() != null) {
      tests.volume(quality.volume(), usualRows);
    }
    return new TableScan(contract, tests.measured.build());
  }

  /** The tests that look at rows together, each a statement of its own. */
  public static ImmutableList<DataTest> identities(Contract contract) {
    return contract.quality().identities().stream()
        .map(identity -> identity(contract, identity))
        .collect(ImmutableList.toImmutableList());
  }

  /** The columns of the primary key, as a list behind SELECT or GROUP BY. */
  static String key(Contract contract) {
    return contract.primaryKey().stream().map(column -> "t." + column).collect(joining(", "));
  }

  private static DataTest identity(Contract contract, Identity identity) {
    return new DataTest(
        contract.name(),
        Rule.IDENTITY,
        identity.name(),
        identity.severity(),
        identity.description(),
        identity.failing(),
        ImmutableList.copyOf(identity.needs()));
  }

  private void notNull() {
    List<String> required =
        contract.columns().stream()
            .filter(column -> "REQUIRED".equals(column.getMode()))
            .map(column -> column.getName())
            .toList();
    rows(
        Rule.NOT_NULL,
        "required columns",
        Severity.ERROR,
        "required columns are filled: " + String.join(", ", required),
        "",
        required.stream().map(column -> "t." + column + " IS NULL").collect(joining(" OR ")));
  }

  private void uniqueKey() {
    measured.add(
        new Measured(
            new DataTest(
                contract.name(),
                Rule.UNIQUE_KEY,
                String.join(", ", contract.primaryKey()),
                Severity.ERROR,
                "no two rows have the same key",
                "SELECT %s, COUNT(*) AS copies FROM %s AS t GROUP BY %s HAVING COUNT(*) > 1"
                    .formatted(key(contract), contract.name(), key(contract))),
            "",
            "COUNT(*) - 1",
            "SUM(%s)"));
  }

  private void reference(Reference reference) {
    String alias = "r_" + reference.column().replace('.', '_');
    rows(
        Rule.REFERENCE,
        reference.column(),
        reference.severity(),
        "%s is a %s of %s".formatted(reference.column(), reference.key(), reference.table()),
        delivered(reference.table()),
        " LEFT JOIN (SELECT DISTINCT k.%s AS found FROM %s AS k) AS %s ON %s.found = t.%s"
            .formatted(reference.key(), reference.table(), alias, alias, reference.column()),
        "t.%s IS NOT NULL AND %s.found IS NULL".formatted(reference.column(), alias));
  }

  /** What was not delivered at all cannot be found: of raw tables only the source knows. */
  private static ImmutableList<String> delivered(String table) {
    return table.startsWith(RAW) ? ImmutableList.of(table) : ImmutableList.of();
  }

  private void acceptedValues(String column, List<String> values) {
    rows(
        Rule.ACCEPTED_VALUES,
        column,
        OF_STRIPE.contains(contract.layer()) ? Severity.WARN : Severity.ERROR,
        column + " is one of " + String.join(", ", values),
        "",
        "t.%s NOT IN (%s)"
            .formatted(column, values.stream().map(ContractTests::literal).collect(joining(", "))));
  }

  private void range(String column, Range range) {
    BigDecimal min = range.min();
    BigDecimal max = range.max();
    String below = min == null ? "" : "t.%s < %s".formatted(column, min.toPlainString());
    String above = max == null ? "" : "t.%s > %s".formatted(column, max.toPlainString());
    rows(
        Rule.RANGE,
        column,
        Severity.ERROR,
        column
            + (min == null ? "" : " is at least " + min.toPlainString())
            + (min == null || max == null ? "" : " and")
            + (max == null ? "" : " is at most " + max.toPlainString()),
        "",
        below + (below.isEmpty() || above.isEmpty() ? "" : " OR ") + above);
  }

  private void condition(Condition condition) {
    rows(
        Rule.CONDITION,
        condition.name(),
        condition.severity(),
        condition.that(),
        "",
        "NOT (" + condition.that() + ")");
  }

  private void freshness(Freshness freshness, LocalDate asOf) {
    // The last whole day is the one before asOf.
    LocalDate oldest = asOf.minusDays(1L + freshness.maxAgeDays());
    String stale = "MAX(%s) < DATE '" + oldest + "'";
    whole(
        Rule.FRESHNESS,
        freshness.column(),
        freshness.severity(),
        "the newest %s is %s or later".formatted(freshness.column(), oldest),
        "MAX(t." + freshness.column() + ")",
        stale,
        "MAX(t.%1$s) AS newest".formatted(freshness.column()));
  }

  private void volume(Volume volume, OptionalLong usualRows) {
    long least = volume.least();
    long most = Long.MAX_VALUE;
    // A table that is usually empty may get its first rows.
    boolean hasUsual = usualRows.orElse(0) > 0;
    if (hasUsual) {
      BigDecimal usual = BigDecimal.valueOf(usualRows.getAsLong());
      BigDecimal slack = usual.multiply(volume.band());
      least = Math.max(least, usual.subtract(slack).setScale(0, RoundingMode.FLOOR).longValue());
      most = usual.add(slack).setScale(0, RoundingMode.CEILING).longValueExact();
    }
    whole(
        Rule.VOLUME,
        "rows",
        volume.severity(),
        hasUsual
            ? "%d to %d rows, around the usual %d".formatted(least, most, usualRows.getAsLong())
            : "at least %d rows".formatted(least),
        "COUNT(*)",
        "COALESCE(SUM(%1$s), 0) NOT BETWEEN " + least + " AND " + most,
        "COUNT(*) AS row_count");
  }

  /** Adds a test of single rows that needs no other table. */
  private void rows(
      Rule rule,
      String target,
      Severity severity,
      String description,
      String join,
      String violation) {
    rows(rule, target, severity, description, ImmutableList.of(), join, violation);
  }

  /** Adds a test of single rows. */
  private void rows(
      Rule rule,
      String target,
      Severity severity,
      String description,
      ImmutableList<String> needs,
      String join,
      String violation) {
    measured.add(
        new Measured(
            new DataTest(
                contract.name(),
                rule,
                target,
                severity,
                description,
                "SELECT %s FROM %s AS t%s WHERE %s"
                    .formatted(key(contract), contract.name(), join, violation),
                needs),
            join,
            "SUM(CASE WHEN " + violation + " THEN 1 ELSE 0 END)",
            "SUM(%s)"));
  }

  /** Adds a test of the table as a whole, which fails once or not at all. */
  private void whole(
      Rule rule,
      String target,
      Severity severity,
      String description,
      String perKey,
      String violation,
      String shown) {
    measured.add(
        new Measured(
            new DataTest(
                contract.name(),
                rule,
                target,
                severity,
                description,
                "SELECT %s FROM %s AS t".formatted(shown, contract.name())),
            "",
            perKey,
            "CASE WHEN " + violation + " THEN 1 ELSE 0 END"));
  }

  private static String literal(String text) {
    // Both dialects read a doubled quote differently, so none is let in.
    if (text.indexOf('\'') >= 0 || text.indexOf('\\') >= 0) {
      throw new IllegalArgumentException("accepted value " + text + " has a quote or backslash");
    }
    return "'" + text + "'";
  }
}
