package org.stripeanalytics.warehouse.bigquery;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/**
 * The Avro schemas in which BigQuery takes and gives the columns of a contract: dates as days,
 * timestamps as microseconds, NUMERIC as an unscaled number of nine decimal places.
 */
final class AvroSchemas {
  static final int NUMERIC_PRECISION = 38;
  static final int NUMERIC_SCALE = 9;

  private AvroSchemas() {}

  /**
   * @param name names the record; nested ones are named by their path below it
   */
  static Schema of(String name, List<TableFieldSchema> columns) {
    SchemaBuilder.FieldAssembler<Schema> record = SchemaBuilder.record(name).fields();
    for (TableFieldSchema column : columns) {
      Schema value = value(name + "_" + column.getName(), column);
      switch (column.getMode()) {
        case "REQUIRED" -> record.name(column.getName()).type(value).noDefault();
        case "REPEATED" ->
            record.name(column.getName()).type(Schema.createArray(value)).noDefault();
        default ->
            record
                .name(column.getName())
                .type(Schema.createUnion(Schema.create(Schema.Type.NULL), value))
                .withDefault(null);
      }
    }
    return record.endRecord();
  }

  /** The schema of a value that is there, of which {@code schema} may be the nullable form. */
  static Schema present(Schema schema) {
    return schema.getType() == Schema.Type.UNION
        ? schema.getTypes().stream()
            .filter(type -> type.getType() != Schema.Type.NULL)
            .findFirst()
            .orElseThrow()
        : schema;
  }

  private static Schema value(String path, TableFieldSchema column) {
    return switch (column.getType()) {
      case "STRING" -> Schema.create(Schema.Type.STRING);
      case "INTEGER" -> Schema.create(Schema.Type.LONG);
      case "BOOLEAN" -> Schema.create(Schema.Type.BOOLEAN);
      case "DATE" -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
      case "TIMESTAMP" ->
          LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
      case "NUMERIC" ->
          LogicalTypes.decimal(NUMERIC_PRECISION, NUMERIC_SCALE)
              .addToSchema(Schema.create(Schema.Type.BYTES));
      case "RECORD" -> of(path, column.getFields());
      default ->
          throw new IllegalArgumentException(
              "column " + column.getName() + " has type " + column.getType() + "; none of ours");
    };
  }
}
