package org.stripeanalytics.warehouse;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.stream.Collectors.joining;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;

/** Which rows and columns of a table to read. By default all of both. */
@AutoValue
public abstract class TableRead<T> implements Serializable {
  private static final Pattern NEEDS_NO_ESCAPING = Pattern.compile("[A-Za-z0-9_ .-]+");

  public abstract WarehouseTable<?> table();

  /** The row class to read into: the table's own, or a projection of it. */
  public abstract Class<T> rowClass();

  abstract ImmutableList<RowCondition> conditions();

  abstract @Nullable String newestOfOrNull();

  /** Which rows, in SQL that every warehouse understands, and as people say it. */
  record RowCondition(String sql, String words) implements Serializable {}

  public static <T> TableRead<T> of(WarehouseTable<T> table) {
    return new AutoValue_TableRead<>(table, table.rowClass(), ImmutableList.of(), null);
  }

  /**
   * Reads only the columns that {@code projection} has. It is a row class whose columns are some of
   * the table's, with the same names and types; nested records may be narrowed likewise.
   */
  public <P> TableRead<P> as(Class<P> projection) {
    return new AutoValue_TableRead<>(table(), projection, conditions(), newestOfOrNull());
  }

  /**
   * Reads only the rows whose partition column lies in the interval.
   *
   * @throws IllegalArgumentException when the table has no partitions
   */
  public TableRead<T> during(DataInterval interval) {
    Contract contract = table().contract();
    return within(
        contract
            .partitionColumn()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        contract.name() + " has no partition column to read " + interval + " by")),
        interval);
  }

  /**
   * Reads only the rows whose date in {@code column} lies in the interval.
   *
   * @throws IllegalArgumentException when the table has no such column of dates
   */
  public TableRead<T> within(String column, DataInterval interval) {
    return where(
        column,
        "%1$s >= DATE '%2$s' AND %1$s < DATE '%3$s'",
        "%s %s to %s (not included)",
        interval.from(),
        interval.to());
  }

  /** Reads only the rows whose date in {@code column} does not lie in the interval; likewise. */
  public TableRead<T> outside(String column, DataInterval interval) {
    return where(
        column,
        "(%1$s < DATE '%2$s' OR %1$s >= DATE '%3$s')",
        "%s before %s and from %s on",
        interval.from(),
        interval.to());
  }

  /** Reads only the rows whose date in {@code column} comes before the day; likewise. */
  public TableRead<T> before(String column, LocalDate day) {
    return where(column, "%s < DATE '%s'", "%s before %s", day);
  }

  /**
   * Reads only the rows that have one of these texts in a column, such as the ids of objects. Texts
   * that would need escaping in SQL, which no id of Stripe's does, are taken for not found.
   *
   * @throws IllegalArgumentException when the table has no such column of texts
   */
  public TableRead<T> having(String column, Collection<String> values) {
    checkColumn(column, "STRING", "texts");
    String list =
        values.stream()
            .filter(value -> NEEDS_NO_ESCAPING.matcher(value).matches())
            .map(value -> "'" + value + "'")
            .collect(joining(", "));
    return and(
        new RowCondition(
            list.isEmpty() ? "FALSE" : column + " IN (" + list + ")",
            "%s one of %d".formatted(column, values.size())));
  }

  /**
   * Reads only the rows of one run.
   *
   * @param runId a valid one, which needs no escaping in SQL
   * @throws IllegalArgumentException when it is not, or the table has no {@code run_id}
   */
  public TableRead<T> ofRun(String runId) {
    checkColumn("run_id", "STRING", "texts");
    return and(new RowCondition("run_id = '" + RunId.check(runId) + "'", "run_id " + runId));
  }

  /**
   * Needs, of the rows that agree in a column, only the one of the newest partition. A warehouse
   * may leave out the others, where it can do so cheaply, and may give any of them.
   */
  public TableRead<T> newestOf(String column) {
    return new AutoValue_TableRead<>(table(), rowClass(), conditions(), column);
  }

  public Optional<String> newestOf() {
    return Optional.ofNullable(newestOfOrNull());
  }

  /** The rows to read, but for {@link #newestOf}, as a condition in the SQL of every warehouse. */
  public Optional<String> condition() {
    return joined(RowCondition::sql, " AND ");
  }

  /** The same as people say it; nothing for the whole table. */
  public Optional<String> part() {
    return joined(RowCondition::words, ", ");
  }

  private Optional<String> joined(Function<RowCondition, String> form, String separator) {
    return conditions().isEmpty()
        ? Optional.empty()
        : Optional.of(conditions().stream().map(form).collect(joining(separator)));
  }

  private TableRead<T> where(String column, String sql, String words, LocalDate... days) {
    checkColumn(column, "DATE", "dates");
    Object[] values = Stream.concat(Stream.of(column), Stream.of(days)).toArray();
    return and(new RowCondition(sql.formatted(values), words.formatted(values)));
  }

  private void checkColumn(String column, String type, String kind) {
    checkArgument(
        table().contract().columns().stream()
            .anyMatch(known -> known.getName().equals(column) && known.getType().equals(type)),
        "%s has no column %s of %s to read by",
        table().name(),
        column,
        kind);
  }

  private TableRead<T> and(RowCondition added) {
    return new AutoValue_TableRead<>(
        table(),
        rowClass(),
        ImmutableList.<RowCondition>builder().addAll(conditions()).add(added).build(),
        newestOfOrNull());
  }
}
