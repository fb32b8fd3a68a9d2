package org.stripeanalytics.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a contract promises of a table's rows that BigQuery's {@code Table} resource has no word
 * for: the key {@code quality}. Rules of single rows are held when a row enters the warehouse
 * ({@link RowRules}, which describes them); they and the rest, but the ownership and the lineage,
 * are compiled to data tests. SQL in it keeps to what GoogleSQL and DuckDB share; conditions name
 * columns with the alias {@code t}.
 *
 * @param ownership which rows a run replaces
 * @param lineage the nearest tables whose rows determine this table's rows, whether its pipeline
 *     reads them or has the same rows in hand; none where data enters the warehouse
 * @param references columns whose values are found in another table, where they are not null
 * @param laterBy which of two versions of one time is the later, the first difference deciding
 * @param conditions what is not false of any row
 * @param identities what holds of rows taken together
 * @param period the column that says which day or month a row's figures are of; with it, figures
 *     that a publication changes are listed in {@code ops.restatements}
 * @param freshness how old the newest row may be
 * @param volume how far the number of rows may be from what is usual
 */
public record Quality(
    @JsonProperty(required = true) Ownership ownership,
    List<String> lineage,
    List<Reference> references,
    Map<String, List<String>> acceptedValues,
    Map<String, RowRules.Range> ranges,
    List<String> currencies,
    List<String> sameCurrency,
    List<List<String>> ordered,
    Map<String, Integer> maxLength,
    List<LaterBy> laterBy,
    List<Condition> conditions,
    List<Identity> identities,
    @Nullable String period,
    @Nullable Freshness freshness,
    @Nullable Volume volume) {

  public Quality {
    lineage = orNone(lineage);
    references = orNone(references);
    acceptedValues = orNone(acceptedValues);
    ranges = orNone(ranges);
    currencies = orNone(currencies);
    sameCurrency = orNone(sameCurrency);
    ordered = orNone(ordered);
    maxLength = orNone(maxLength);
    laterBy = orNone(laterBy);
    conditions = orNone(conditions);
    identities = orNone(identities);
  }

  /**
   * A column that names rows of another table.
   *
   * @param column a path, as in {@code parent.subscription}
   * @param table the other table, {@code layer.table}
   * @param key the other table's column
   */
  public record Reference(
      @JsonProperty(required = true) String column,
      @JsonProperty(required = true) String table,
      @JsonProperty(required = true) String key,
      @Nullable Severity severity) {
    public Reference {
      severity = severity == null ? Severity.ERROR : severity;
    }
  }

  /**
   * A column that grows while an object lives: a number, a flag that becomes true, or a text whose
   * values are listed in the order in which they are reached. A value that is not listed comes
   * before the others, and so does null.
   *
   * @param column a top-level column
   * @param values for a text, the values by stage; those of one stage exclude each other
   */
  public record LaterBy(@JsonProperty(required = true) String column, List<List<String>> values) {
    public LaterBy {
      values = orNone(values);
    }

    /** The stage of a text; -1 if it is not listed. */
    public int stageOf(@Nullable String value) {
      for (int stage = 0; stage < values.size(); stage++) {
        if (values.get(stage).contains(value)) {
          return stage;
        }
      }
      return -1;
    }
  }

  /**
   * What is not false of any row.
   *
   * @param name unique within the table
   * @param that SQL over the columns of a row
   */
  public record Condition(
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) String that,
      @Nullable Severity severity) {
    public Condition {
      severity = severity == null ? Severity.ERROR : severity;
    }
  }

  /**
   * What holds of rows taken together.
   *
   * @param name unique within the table
   * @param description the identity in words
   * @param failing a query for what breaks it; tables are written {@code layer.table}
   * @param needs tables without whose rows nothing is known: where one is empty, what breaks the
   *     identity is reported as not delivered and never an error
   */
  public record Identity(
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) String description,
      @JsonProperty(required = true) String failing,
      List<String> needs,
      @Nullable Severity severity) {
    public Identity {
      needs = orNone(needs);
      severity = severity == null ? Severity.ERROR : severity;
    }
  }

  /**
   * How old the newest row may be, as of the run's {@code --asOf}. A table without rows is not
   * stale.
   *
   * @param column the date column that tells
   * @param maxAgeDays days between the newest row and the last day before {@code --asOf}
   */
  public record Freshness(
      @JsonProperty(required = true) String column,
      @JsonProperty(required = true) int maxAgeDays,
      @Nullable Severity severity) {
    public Freshness {
      severity = severity == null ? Severity.WARN : severity;
    }
  }

  /**
   * How far the number of rows may be from the median of earlier runs. Without an earlier run only
   * the least number counts.
   *
   * @param least rows there are at any rate
   * @param band how far from the median, as a fraction of it
   */
  public record Volume(
      long least, @JsonProperty(required = true) BigDecimal band, @Nullable Severity severity) {
    public Volume {
      severity = severity == null ? Severity.WARN : severity;
    }
  }

  private static <V> Map<String, V> orNone(@Nullable Map<String, V> given) {
    return given == null ? Map.of() : ImmutableMap.copyOf(given);
  }

  private static <T> List<T> orNone(@Nullable List<T> given) {
    return given == null ? List.of() : ImmutableList.copyOf(given);
  }
}
