package org.stripeanalytics.warehouse;

import static com.google.common.base.Preconditions.checkArgument;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.transforms.Create;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.schema.RowCodec;

/**
 * The hand-maintained rows of a seed table, {@code schemas/seeds/<table>.csv}: a header with the
 * table's columns, then a line per row. Values hold no commas and no quotes; an empty one is null.
 *
 * <pre>{@code
 * pipeline
 *     .apply("ReadGeography", SeedFile.of(Tables.GEOGRAPHY).read())
 *     .apply("LoadGeography", publication.load(Tables.GEOGRAPHY));
 * }</pre>
 */
public final class SeedFile<T> {
  private static final Splitter COMMAS = Splitter.on(',').trimResults();

  private final WarehouseTable<T> table;
  private final String path;

  private SeedFile(WarehouseTable<T> table) {
    this.table = table;
    this.path = "schemas/" + table.name().replace('.', '/') + ".csv";
  }

  public static <T> SeedFile<T> of(WarehouseTable<T> table) {
    return new SeedFile<>(table);
  }

  /** Emits the rows into a pipeline. Bounded, in the global window. */
  public Create.Values<T> read() {
    return Create.of(rows()).withCoder(table.coder());
  }

  /**
   * Reads the file from the class path.
   *
   * @throws IllegalArgumentException when there is no such file, or a line of it is no row
   */
  public ImmutableList<T> rows() {
    try (InputStream csv = SeedFile.class.getClassLoader().getResourceAsStream(path)) {
      checkArgument(csv != null, "no seed file %s", path);
      return rows(new BufferedReader(new InputStreamReader(csv, UTF_8)).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  private ImmutableList<T> rows(List<String> lines) {
    RowCodec<T> codec = RowCodec.of(table.rowClass());
    List<String> header = COMMAS.splitToList(lines.get(0));
    checkArgument(
        header.stream().sorted().toList().equals(codec.schema().getFieldNames()),
        "%s has columns %s, expected %s",
        path,
        header,
        codec.schema().getFieldNames());
    ImmutableList.Builder<T> rows = ImmutableList.builder();
    for (int line = 1; line < lines.size(); line++) {
      rows.add(row(codec, header, lines.get(line), line + 1));
    }
    return rows.build();
  }

  private T row(RowCodec<T> codec, List<String> header, String text, int line) {
    List<String> cells = COMMAS.splitToList(text);
    checkArgument(
        cells.size() == header.size(), "%s line %s has %s values", path, line, cells.size());
    Object[] values = new Object[header.size()];
    try {
      for (int i = 0; i < cells.size(); i++) {
        int field = codec.schema().indexOf(header.get(i));
        values[field] = value(codec.schema().getField(field).getType(), cells.get(i));
      }
      return codec.create(values);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(path + " line " + line + " is no row: " + text, e);
    }
  }

  private static @Nullable Object value(FieldType type, String cell) {
    if (cell.isEmpty()) {
      return null;
    }
    return switch (type.getTypeName()) {
      case STRING -> cell;
      case INT64 -> Long.valueOf(cell);
      case DECIMAL -> new BigDecimal(cell);
      case BOOLEAN -> Boolean.valueOf(cell);
      case LOGICAL_TYPE -> LocalDate.parse(cell).toEpochDay();
      default -> throw new IllegalArgumentException("a seed file holds no " + type);
    };
  }
}
