package org.stripeanalytics.contract;

import java.io.Serializable;
import java.util.Objects;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A table of the warehouse and the class of its rows: the pair that a build-time test proves to
 * have the same columns. {@link Tables} lists them all.
 */
public final class WarehouseTable<T> implements Serializable {
  private final String name;
  private final Class<T> rowClass;
  private transient Contract contract;

  private WarehouseTable(String name, Class<T> rowClass) {
    this.name = name;
    this.rowClass = rowClass;
  }

  static <T> WarehouseTable<T> of(String name, Class<T> rowClass) {
    return new WarehouseTable<>(name, rowClass);
  }

  /** {@code layer.table}. */
  public String name() {
    return name;
  }

  public Class<T> rowClass() {
    return rowClass;
  }

  public synchronized Contract contract() {
    if (contract == null) {
      contract = Contract.load(name);
    }
    return contract;
  }

  public RowCoder<T> coder() {
    return RowCoder.of(rowClass);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WarehouseTable<?> table && table.name.equals(name);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name);
  }

  @Override
  public String toString() {
    return name;
  }
}
