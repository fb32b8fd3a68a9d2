package org.stripeanalytics.contract.rows;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.TreeSet;

/**
 * The class of a table's rows, or of a record's in them.
 *
 * @param origin the table or column, such as {@code raw.charges.outcome}
 * @param columns without those that a publication stamps
 */
record RowClass(ClassName name, String origin, String description, ImmutableList<Column> columns) {
  /** Whether a value of one is a value of the other: descriptions may differ. */
  boolean hasColumnsOf(RowClass other) {
    return shape().equals(other.shape());
  }

  private List<String> shape() {
    return columns.stream()
        .map(
            column ->
                column.name()
                    + " "
                    + column.accessor()
                    + " "
                    + column.javaType()
                    + column.imports())
        .toList();
  }

  /** The Java source of the class. */
  String source() {
    return """
        package %s;

        %s
        %s
        @AutoValue
        @DefaultCoder(RowCoder.class)
        @SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
        @Generated("%s")
        public abstract class %s implements Serializable%s {
        %s
          public abstract Builder toBuilder();

          public static Builder builder() {
            return new AutoValue_%s.Builder()%s;
          }

          /** Builds a {@link %s}. */
          @AutoValue.Builder
          public abstract static class Builder%s {
        %s
            public abstract %s build();
          }
        }
        """
        .formatted(
            name.packageName(),
            imports(),
            Javadoc.comment("A row of {@code " + origin + "}. " + Javadoc.escaped(description), ""),
            RowClass.class.getName(),
            name.simple(),
            Shape.of(columns).stream().map(shape -> ", " + shape.name()).collect(joining()),
            columns.stream().map(RowClass::accessor).collect(joining("\n")),
            name.simple(),
            defaults(),
            name.simple(),
            interfacesOfBuilder(),
            columns.stream().map(RowClass::setter).collect(joining("\n")),
            name.simple());
  }

  private String interfacesOfBuilder() {
    List<String> interfaces =
        Shape.of(columns).stream()
            .filter(Shape::hasBuilder)
            .map(shape -> "%s.Builder<%s>".formatted(shape.name(), name.simple()))
            .toList();
    return interfaces.isEmpty() ? "" : " implements " + String.join(", ", interfaces);
  }

  private String imports() {
    TreeSet<String> imports =
        new TreeSet<>(
            List.of(
                "com.google.auto.value.AutoValue",
                "java.io.Serializable",
                "javax.annotation.processing.Generated",
                "org.apache.beam.sdk.coders.DefaultCoder",
                "org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat",
                "org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat",
                "org.stripeanalytics.model.schema.RowCoder"));
    Shape.of(columns).forEach(shape -> imports.add(shape.qualified()));
    for (Column column : columns) {
      imports.addAll(column.imports());
      if (column.needsFieldName()) {
        imports.add("org.apache.beam.sdk.schemas.annotations.SchemaFieldName");
      }
      switch (column.mode()) {
        case NULLABLE -> imports.add("org.checkerframework.checker.nullness.qual.Nullable");
        case REPEATED -> imports.add("java.util.List");
        case REQUIRED -> {}
      }
    }
    return imports.stream()
        .filter(imported -> !imported.startsWith(name.packageName() + "."))
        .map("import %s;\n"::formatted)
        .collect(joining());
  }

  private static String accessor(Column column) {
    String annotation =
        column.needsFieldName() ? "  @SchemaFieldName(\"" + column.name() + "\")\n" : "";
    return """
        %s
        %s  public abstract %s get%s();
        """
        .formatted(
            Javadoc.comment(Javadoc.escaped(column.description()), "  "),
            annotation,
            column.javaType(),
            column.accessor());
  }

  private static String setter(Column column) {
    return "    public abstract Builder set%s(%s value);\n"
        .formatted(column.accessor(), column.javaType());
  }

  /** What is repeated is empty unless it is set. */
  private String defaults() {
    return columns.stream()
        .filter(Column::isRepeated)
        .map(column -> ".set%s(List.of())".formatted(column.accessor()))
        .collect(joining());
  }
}
