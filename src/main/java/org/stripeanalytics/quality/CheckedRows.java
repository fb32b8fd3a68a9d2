package org.stripeanalytics.quality;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.RowGenerator;
import org.stripeanalytics.warehouse.RowSink;

/**
 * Holds computed rows to their contracts: what breaks a rule becomes a row of {@code
 * ops.rejected_records} in its stead. So rows that never were JSON pass the same checks as those
 * that were.
 */
public final class CheckedRows<E, X> implements RowGenerator<E, X> {
  static final String STEP = "check_rows";

  private final RowGenerator<E, X> generator;
  private final RejectingRun run;
  private transient @Nullable Map<WarehouseTable<?>, RowChecks<?>> checks;

  private CheckedRows(RowGenerator<E, X> generator, RejectingRun run) {
    this.generator = generator;
    this.run = run;
  }

  public static <E, X> CheckedRows<E, X> of(RowGenerator<E, X> generator, RejectingRun run) {
    return new CheckedRows<>(generator, run);
  }

  @Override
  public void prepare() {
    generator.prepare();
  }

  @Override
  public void generate(E element, RowSink rows, Consumer<X> aside) {
    if (checks == null) {
      checks = new HashMap<>();
    }
    generator.generate(
        element,
        new RowSink() {
          @Override
          public <T> void put(WarehouseTable<T> table, T row) {
            Violation violation = checksOf(table).check(row);
            if (violation == null) {
              rows.put(table, row);
            } else {
              rows.put(
                  Tables.REJECTED_RECORDS,
                  run.reject(STEP, violation, row.toString(), table.name())
                      .setTargetTable(table.name())
                      .build());
            }
          }
        },
        aside);
  }

  @SuppressWarnings("unchecked")
  private <T> RowChecks<T> checksOf(WarehouseTable<T> table) {
    return (RowChecks<T>) checks.computeIfAbsent(table, RowChecks::of);
  }
}
