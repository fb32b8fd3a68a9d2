package org.stripeanalytics.warehouse;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.util.VarInt;
import org.stripeanalytics.contract.WarehouseTable;

/**
 * A row that says of which table it is, so that rows of several tables go through one step instead
 * of a step each. {@link SplitByTable} takes them apart again.
 *
 * @param row of the table's row class
 */
public record RowOfTable(WarehouseTable<?> table, Object row) {

  public static <T> RowOfTable of(WarehouseTable<T> table, T row) {
    return new RowOfTable(table, row);
  }

  /**
   * @param tables all that there are rows of
   */
  public static Coder<RowOfTable> coder(List<? extends WarehouseTable<?>> tables) {
    return new RowOfTableCoder(ImmutableList.copyOf(tables));
  }

  /** The number of the table, and the row as the table writes it. */
  private static final class RowOfTableCoder extends CustomCoder<RowOfTable> {
    private final ImmutableList<WarehouseTable<?>> tables;

    RowOfTableCoder(ImmutableList<WarehouseTable<?>> tables) {
      this.tables = tables;
    }

    @Override
    public void encode(RowOfTable row, OutputStream out) throws IOException {
      int table = tables.indexOf(row.table());
      checkArgument(table >= 0, "%s is none of the tables %s", row.table(), tables);
      VarInt.encode(table, out);
      encode(tables.get(table), row.row(), out);
    }

    private static <T> void encode(WarehouseTable<T> table, Object row, OutputStream out)
        throws IOException {
      table.coder().encode(table.rowClass().cast(row), out);
    }

    @Override
    public RowOfTable decode(InputStream in) throws IOException {
      WarehouseTable<?> table = tables.get(VarInt.decodeInt(in));
      return new RowOfTable(table, table.coder().decode(in));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof RowOfTableCoder coder && coder.tables.equals(tables);
    }

    @Override
    public int hashCode() {
      return tables.hashCode();
    }
  }
}
