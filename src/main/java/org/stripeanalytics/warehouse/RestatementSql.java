package org.stripeanalytics.warehouse;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;
import static org.stripeanalytics.contract.Tables.RESTATEMENTS;
import static org.stripeanalytics.contract.Tables.RUN_LOG;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Ownership;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;

/**
 * The statement that lists in {@code ops.restatements} which published figures a publication is
 * about to change, and why. It runs in the transaction of the publication, before any row gives
 * way, because that is the only moment that has the old rows and the new ones, and so both stand or
 * fall together. It is one statement in the SQL that DuckDB, PostgreSQL and GoogleSQL share.
 *
 * <p>The cause is what has changed since the run that published the old figure: its options, its
 * version, or the raw rows that were ingested after it began.
 *
 * @param names a table's name in the warehouse's SQL
 * @param quote what stands around a column's name
 * @param text the type of texts
 * @param stamps {@code _ingested_at} and {@code _run_id} of the publication, in SQL
 * @param interval what the run owns
 */
public record RestatementSql(
    Restating run,
    Function<Contract, String> names,
    String quote,
    String text,
    String stamps,
    @Nullable DataInterval interval) {

  /** Tables whose objects are repeated inside others, so a new row does not mean a change. */
  private static final ImmutableSet<WarehouseTable<?>> REPEATED =
      ImmutableSet.of(Tables.PRICES, Tables.COUPONS, Tables.PAYMENT_METHODS);

  /**
   * A mart that is going to be replaced.
   *
   * @param rows what was staged for it, as an item of FROM; null if nothing was
   */
  public record Mart(Contract contract, @Nullable String rows) {}

  /** The tables whose changes are listed: those that say which column is the period. */
  public static boolean concerns(Contract contract) {
    return contract.quality().period() != null;
  }

  /**
   * Lists the changes of all tables that are concerned and hold rows; where nothing was published,
   * nothing is compared.
   */
  public void run(Statement statement, List<Mart> tables) throws SQLException {
    List<Mart> published = new ArrayList<>();
    for (Mart table : tables) {
      if (concerns(table.contract()) && holdsRows(statement, table.contract())) {
        published.add(table);
      }
    }
    if (!published.isEmpty()) {
      statement.executeLargeUpdate(insert(published));
    }
  }

  private boolean holdsRows(Statement statement, Contract contract) throws SQLException {
    try (ResultSet any =
        statement.executeQuery("SELECT EXISTS (SELECT 1 FROM " + names.apply(contract) + ")")) {
      any.next();
      return any.getBoolean(1);
    }
  }

  /**
   * @param marts at least one
   */
  public String insert(List<Mart> marts) {
    String runLog = names.apply(RUN_LOG.contract());
    return """
    INSERT INTO %1$s (mart, period, row_key, column_name, old_value, new_value, caused_by, \
    explanation, previous_run_id, _ingested_at, _run_id)
    WITH changed AS (
    %2$s
    ), earlier AS (
    SELECT r._run_id AS run_id, MAX(r.code_version) AS code_version, MAX(r.options) AS options,
      MAX(r._ingested_at) AS begun_at
    FROM %3$s AS r
    WHERE r.pipeline = '%4$s' AND r.outcome = 'succeeded'
      AND r._run_id IN (SELECT c.previous_run_id FROM changed AS c)
    GROUP BY r._run_id
    ), ingested AS (
    %5$s
    ), came AS (
    SELECT e.run_id, MIN(i.first_day) AS first_day, MAX(i.last_day) AS last_day,
      SUM(i.versions) AS versions
    FROM earlier AS e JOIN ingested AS i ON i.ingested_at > e.begun_at
    GROUP BY e.run_id
    )
    SELECT c.mart, c.period, c.row_key, c.column_name, c.old_value, c.new_value,
      CASE
        WHEN %6$s <> '' THEN 'options'
        WHEN e.code_version <> '%7$s' THEN 'code'
        WHEN came.first_day <= c.period OR (c.is_monthly
          AND EXTRACT(YEAR FROM came.first_day) = EXTRACT(YEAR FROM c.period)
          AND EXTRACT(MONTH FROM came.first_day) = EXTRACT(MONTH FROM c.period))
          THEN 'late_data'
        WHEN came.first_day IS NOT NULL THEN 'new_data'
        ELSE 'unexplained' END,
      CASE
        WHEN e.run_id IS NULL THEN 'the run log does not know the run before'
        WHEN %6$s <> '' THEN 'now with' || %6$s
        WHEN e.code_version <> '%7$s' THEN 'version ' || e.code_version || ', now %7$s'
        WHEN came.first_day IS NOT NULL THEN CAST(came.versions AS %8$s)
          || ' raw rows were ingested since, of ' || CAST(came.first_day AS %8$s) || ' to '
          || CAST(came.last_day AS %8$s)
        ELSE 'no raw row was ingested since, and options and version are the same' END,
      c.previous_run_id, %9$s
    FROM changed AS c
    LEFT JOIN earlier AS e ON e.run_id = c.previous_run_id
    LEFT JOIN came ON came.run_id = c.previous_run_id\
    """
        .formatted(
            names.apply(RESTATEMENTS.contract()),
            marts.stream().map(this::changed).collect(joining("\nUNION ALL\n")),
            runLog,
            run.pipeline(),
            ingested(),
            changedOptions(),
            run.codeVersion(),
            text,
            stamps);
  }

  private String changed(Mart mart) {
    Contract contract = mart.contract();
    String table = names.apply(contract);
    String period = quoted(contract.quality().period());
    ImmutableList<String> figures = figures(contract);
    String old = valueOf(figures, "kept");
    String given = valueOf(figures, "given");
    return """
    SELECT '%1$s' AS mart, %2$s AS is_monthly, COALESCE(kept.%3$s, given.%3$s) AS period,
      %4$s AS row_key, figure.column_name, %5$s AS old_value, %6$s AS new_value,
      COALESCE(kept._run_id, known.run_id) AS previous_run_id
    FROM (SELECT * FROM %7$s AS stored WHERE %8$s) AS kept
    FULL JOIN (%9$s) AS given ON %10$s
    LEFT JOIN (SELECT stored.%3$s AS period, MAX(stored._run_id) AS run_id FROM %7$s AS stored
      WHERE %8$s GROUP BY stored.%3$s) AS known ON known.period = given.%3$s
    CROSS JOIN (%11$s) AS figure
    WHERE (kept._run_id IS NOT NULL OR known.run_id IS NOT NULL)
      AND (COALESCE(%5$s, 0) <> COALESCE(%6$s, 0)
        OR (kept.%3$s = given.%3$s AND (%5$s) IS DISTINCT FROM (%6$s)))\
    """
        .formatted(
            contract.name(),
            contract.quality().period().equals("day") ? "FALSE" : "TRUE",
            period,
            rowKey(contract),
            old,
            given,
            table,
            owned(contract),
            mart.rows() == null ? "SELECT * FROM " + table + " AS none WHERE FALSE" : mart.rows(),
            contract.primaryKey().stream()
                .map(key -> "kept.%1$s = given.%1$s".formatted(quoted(key)))
                .collect(joining(" AND ")),
            IntStream.range(0, figures.size())
                .mapToObj(i -> "SELECT '" + figures.get(i) + "' AS column_name")
                .collect(joining(" UNION ALL ")));
  }

  private static ImmutableList<String> figures(Contract contract) {
    return contract.columns().stream()
        .filter(c -> c.getType().equals("INTEGER") || c.getType().equals("NUMERIC"))
        .filter(c -> !"REPEATED".equals(c.getMode()))
        .map(TableFieldSchema::getName)
        .filter(name -> !contract.primaryKey().contains(name))
        .collect(toImmutableList());
  }

  private String valueOf(List<String> figures, String row) {
    return figures.stream()
        .map(name -> "WHEN '%s' THEN %s.%s".formatted(name, row, quoted(name)))
        .collect(joining(" ", "CASE figure.column_name ", " END"));
  }

  /** The key without the period. */
  private String rowKey(Contract contract) {
    return contract.primaryKey().stream()
        .filter(key -> !key.equals(contract.quality().period()))
        .map(
            key ->
                "'%1$s=' || CAST(COALESCE(kept.%2$s, given.%2$s) AS %3$s)"
                    .formatted(key, quoted(key), text))
        .collect(joining(" || ', ' || "));
  }

  /** What the run replaces of it. */
  private String owned(Contract contract) {
    if (contract.ownership() == Ownership.WHOLE || interval == null) {
      return "TRUE";
    }
    DataInterval days = contract.owned(interval);
    return "stored.%1$s >= DATE '%2$s' AND stored.%1$s < DATE '%3$s'"
        .formatted(quoted(contract.partitionColumn().orElseThrow()), days.from(), days.to());
  }

  /** The raw rows of every ingestion after the first run in question. */
  private String ingested() {
    return rawTables()
        .map(
            """
            SELECT t._ingested_at AS ingested_at, MIN(t._snapshot_date) AS first_day,
              MAX(t._snapshot_date) AS last_day, COUNT(*) AS versions
            FROM %s AS t
            WHERE t._ingested_at > (SELECT MIN(e.begun_at) FROM earlier AS e)
            GROUP BY t._ingested_at\
            """
                ::formatted)
        .collect(joining("\nUNION ALL\n"));
  }

  private Stream<String> rawTables() {
    return Tables.all().stream()
        .filter(table -> table.contract().isOfStripe() && !REPEATED.contains(table))
        .map(table -> names.apply(table.contract()));
  }

  /** Those that are not in the options of the run before, each after a blank. */
  private String changedOptions() {
    BiFunction<String, String, String> changed =
        (name, value) ->
            """
            CASE WHEN e.options LIKE '%%"%1$s":%2$s,%%' OR e.options LIKE '%%"%1$s":%2$s}%%' THEN ''
              ELSE ' %1$s=%3$s' END\
            """
                .formatted(name, value, value.replace("\"", ""));
    return run.options().entrySet().stream()
        .map(
            (Map.Entry<String, String> option) -> changed.apply(option.getKey(), option.getValue()))
        .collect(joining(" || ", "(CASE WHEN e.options IS NULL THEN '' ELSE ", " END)"));
  }

  private String quoted(String name) {
    return quote + name + quote;
  }
}
