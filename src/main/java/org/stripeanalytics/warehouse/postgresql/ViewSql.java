package org.stripeanalytics.warehouse.postgresql;

import static org.stripeanalytics.warehouse.postgresql.SchemaNames.literal;
import static org.stripeanalytics.warehouse.postgresql.SchemaNames.quoted;
import static org.stripeanalytics.warehouse.postgresql.TableSql.list;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableList;
import java.util.List;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.StagingView;

/** The views of {@code staging} in PostgreSQL's words. */
final class ViewSql {
  private ViewSql() {}

  static String name(SchemaNames names, StagingView view) {
    return names.in(Layer.STAGING, view.view());
  }

  /** The view and its comments. */
  static List<String> create(SchemaNames names, StagingView view) {
    String name = name(names, view);
    ImmutableList.Builder<String> statements = ImmutableList.builder();
    statements.add("CREATE VIEW " + name + " AS " + select(names, view));
    statements.add("COMMENT ON VIEW " + name + " IS " + literal(comment(names, view)));
    for (TableFieldSchema column : view.columns()) {
      statements.add(
          "COMMENT ON COLUMN %s.%s IS %s"
              .formatted(name, quoted(column.getName()), literal(column.getDescription())));
    }
    return statements.build();
  }

  /** What is kept beside the view, from which a run sees whether it is current. */
  static String comment(SchemaNames names, StagingView view) {
    return view.descriptionOf(select(names, view));
  }

  private static String select(SchemaNames names, StagingView view) {
    return view.list()
        .map(elements -> elements(names, view, elements))
        .orElseGet(() -> SharedSql.translate(view.newestVersions(), names));
  }

  private static String elements(
      SchemaNames names, StagingView view, StagingView.ElementsOf elements) {
    List<TableFieldSchema> own = view.ownColumns();
    return "SELECT s.id AS %s, s.customer AS %s, u.place AS %s, s.%s, %s FROM %s AS s,"
            .formatted(
                quoted(own.get(0).getName()),
                quoted(own.get(1).getName()),
                quoted(own.get(2).getName()),
                quoted(own.get(3).getName()),
                list(view.columns().subList(own.size(), view.columns().size()), ViewSql::field),
                name(names, view.ofOwners()))
        + " jsonb_array_elements(s.%s) WITH ORDINALITY AS u(element, place)"
            .formatted(quoted(elements.column()));
  }

  private static String field(TableFieldSchema column) {
    String name = column.getName();
    if (TableSql.isRepeated(column)) {
      return "COALESCE(u.element -> %s, '[]') AS %s".formatted(literal(name), quoted(name));
    }
    String type = TableSql.type(column);
    return type.equals("jsonb")
        ? "u.element -> %s AS %s".formatted(literal(name), quoted(name))
        : "(u.element ->> %s)::%s AS %s".formatted(literal(name), type, quoted(name));
  }
}
