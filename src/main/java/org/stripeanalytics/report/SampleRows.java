package org.stripeanalytics.report;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * The first rows of a table in the order of its key, with what is personal masked.
 *
 * @param problem why there are none, where the table could not be read; else null
 */
public record SampleRows(
    ImmutableList<String> columns, ImmutableList<List<Object>> rows, @Nullable String problem) {
  private static final int ROWS = 5;

  static SampleRows none() {
    return new SampleRows(ImmutableList.of(), ImmutableList.of(), null);
  }

  static SampleRows of(Warehouse warehouse, Contract contract) {
    Reading reading =
        Reading.of(
            warehouse,
            "SELECT * FROM %s ORDER BY %s LIMIT %d"
                .formatted(contract.name(), String.join(", ", contract.primaryKey()), ROWS));
    ImmutableList<String> columns =
        reading.answer().map(answer -> answer.columns()).orElse(ImmutableList.of());
    PersonalData personal = PersonalData.in(columns);
    return new SampleRows(
        columns,
        reading.rows().stream()
            .map(row -> masked(columns, row, personal))
            .collect(ImmutableList.toImmutableList()),
        reading.problem().orElse(null));
  }

  private static List<Object> masked(
      List<String> columns, List<Object> row, PersonalData personal) {
    List<Object> masked = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      masked.add(personal.masked(columns.get(i), row.get(i)));
    }
    return masked;
  }
}
