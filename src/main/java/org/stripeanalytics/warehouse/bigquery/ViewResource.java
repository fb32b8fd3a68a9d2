package org.stripeanalytics.warehouse.bigquery;

import static java.util.stream.Collectors.joining;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.ViewDefinition;
import java.util.List;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.StagingView;

/** The views of {@code staging} in GoogleSQL. */
final class ViewResource {
  private ViewResource() {}

  static TableReference reference(TableNames names, StagingView view) {
    return names.in(Layer.STAGING, view.view());
  }

  static ViewDefinition definition(TableNames names, StagingView view) {
    return new ViewDefinition().setUseLegacySql(false).setQuery(query(names, view));
  }

  static String query(TableNames names, StagingView view) {
    return view.list()
        .map(elements -> elements(names, view, elements))
        .orElseGet(() -> LayerNames.resolve(view.newestVersions(), names));
  }

  private static String elements(
      TableNames names, StagingView view, StagingView.ElementsOf elements) {
    List<TableFieldSchema> own = view.ownColumns();
    return "SELECT s.id AS %s, s.customer AS %s, place + 1 AS %s, s.%s, %s FROM %s AS s,"
            .formatted(
                own.get(0).getName(),
                own.get(1).getName(),
                own.get(2).getName(),
                own.get(3).getName(),
                view.columns().subList(own.size(), view.columns().size()).stream()
                    .map(column -> "element." + column.getName())
                    .collect(joining(", ")),
                TableNames.sql(reference(names, view.ofOwners())))
        + " UNNEST(s.%s) AS element WITH OFFSET AS place".formatted(elements.column());
  }
}
