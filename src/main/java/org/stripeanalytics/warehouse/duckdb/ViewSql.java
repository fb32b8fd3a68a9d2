package org.stripeanalytics.warehouse.duckdb;

import static org.stripeanalytics.warehouse.duckdb.TableSql.list;
import static org.stripeanalytics.warehouse.duckdb.TableSql.literal;
import static org.stripeanalytics.warehouse.duckdb.TableSql.quoted;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableList;
import java.util.List;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.StagingView;

/** The views of {@code staging} in DuckDB's words. */
final class ViewSql {
  private ViewSql() {}

  static String name(StagingView view) {
    return quoted(Layer.STAGING.id()) + "." + quoted(view.view());
  }

  /** The view, in the place of an earlier one, and its comments. */
  static List<String> create(StagingView view) {
    ImmutableList.Builder<String> statements = ImmutableList.builder();
    statements.add("CREATE OR REPLACE VIEW " + name(view) + " AS " + select(view));
    statements.add("COMMENT ON VIEW " + name(view) + " IS " + literal(comment(view)));
    for (TableFieldSchema column : view.columns()) {
      statements.add(
          "COMMENT ON COLUMN %s.%s IS %s"
              .formatted(name(view), quoted(column.getName()), literal(column.getDescription())));
    }
    return statements.build();
  }

  /** What is kept beside the view, from which {@link TableGrowth} sees whether it is current. */
  static String comment(StagingView view) {
    return view.descriptionOf(select(view));
  }

  private static String select(StagingView view) {
    return view.list().map(elements -> elements(view, elements)).orElseGet(view::newestVersions);
  }

  private static String elements(StagingView view, StagingView.ElementsOf elements) {
    List<TableFieldSchema> own = view.ownColumns();
    return "SELECT s.id AS %s, s.customer AS %s, u.place AS %s, s.%s, %s FROM %s AS s, UNNEST(s.%s)"
            .formatted(
                quoted(own.get(0).getName()),
                quoted(own.get(1).getName()),
                quoted(own.get(2).getName()),
                quoted(own.get(3).getName()),
                list(
                    view.columns().subList(own.size(), view.columns().size()),
                    column ->
                        "u.element.%s AS %s"
                            .formatted(quoted(column.getName()), quoted(column.getName()))),
                name(view.ofOwners()),
                elements.column())
        + " WITH ORDINALITY AS u(element, place)";
  }
}
