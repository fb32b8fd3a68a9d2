package org.stripeanalytics.contract;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.stripeanalytics.contract.Quality.LaterBy;
import org.stripeanalytics.model.raw.DeliveryRoute;

/**
 * Which of two versions of one object and day prevails, as SQL that GoogleSQL and DuckDB both
 * understand: the one that changed last, came by the more trusted route, was delivered on its own
 * and not inside another object, came with the later ingestion if by events, and has come further
 * by the contract's {@code laterBy}.
 *
 * <p>An ingestion of events looks up the events of the same object and second that the warehouse
 * holds, so the later of two knows all versions of that second.
 */
public final class VersionOrder {
  private static final String NEVER = "TIMESTAMP '1970-01-01 00:00:00'";

  /**
   * What two versions are compared by, the first term first; the greater prevails.
   *
   * @param row the alias of the version
   * @param ingestedAt when it was ingested, in SQL
   */
  public static ImmutableList<String> terms(Contract contract, String row, String ingestedAt) {
    String routes =
        Arrays.stream(DeliveryRoute.values())
            .map(route -> "WHEN '" + route.id() + "' THEN " + route.ordinal())
            .collect(joining(" "));
    ImmutableList.Builder<String> terms = ImmutableList.builder();
    terms.add(row + "._changed_at");
    terms.add("CASE " + row + "._source " + routes + " ELSE -1 END");
    terms.add("CASE WHEN " + row + "._payload IS NULL THEN 0 ELSE 1 END");
    if (!contract.name().equals(Tables.EVENTS.name())) {
      terms.add(
          "CASE WHEN %1$s._source = '%2$s' AND %1$s._payload IS NOT NULL THEN %3$s ELSE %4$s END"
              .formatted(row, DeliveryRoute.WEBHOOK.id(), ingestedAt, NEVER));
    }
    contract.quality().laterBy().forEach(term -> terms.add(term(contract, row, term)));
    return terms.build();
  }

  /**
   * A condition that two versions are the same delivery of the same object. They may still be read
   * differently, by code that was corrected in between.
   */
  public static String sameDelivery(String row, String other) {
    return Stream.of("_changed_at", "_source", "_payload")
        .map(column -> row + "." + column + " = " + other + "." + column)
        .collect(joining(" AND "));
  }

  private static String term(Contract contract, String row, LaterBy term) {
    String column = row + "." + term.column();
    if (!term.values().isEmpty()) {
      return IntStream.range(0, term.values().size())
          .mapToObj(
              stage ->
                  "WHEN %s IN ('%s') THEN %d"
                      .formatted(column, String.join("', '", term.values().get(stage)), stage))
          .collect(joining(" ", "CASE ", " ELSE -1 END"));
    }
    boolean flag =
        contract.columns().stream()
            .anyMatch(
                field ->
                    field.getName().equals(term.column()) && field.getType().equals("BOOLEAN"));
    return flag ? "CASE WHEN " + column + " THEN 1 ELSE 0 END" : "COALESCE(" + column + ", 0)";
  }

  private VersionOrder() {}
}
