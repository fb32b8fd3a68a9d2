package org.stripeanalytics.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A view of the layer {@code staging}, made from the contract of a raw table. There are two kinds:
 * the newest version of each object, and the elements of a list in those as rows of their own. Both
 * have test-mode objects too, with {@code livemode} where Stripe says it.
 *
 * @param raw the table
 * @param list the list whose elements are the rows; absent if the objects are
 */
public record StagingView(WarehouseTable<?> raw, Optional<ElementsOf> list) {
  private static final String SNAPSHOT_DATE = "_snapshot_date";
  private static final String POSITION = "position";
  private static final int DIGITS = 16;

  private static final ImmutableList<StagingView> ALL =
      Stream.concat(
              Tables.all().stream()
                  .filter(table -> table.contract().layer() == Layer.RAW)
                  .map(table -> new StagingView(table, Optional.empty())),
              Stream.of(
                  new StagingView(
                      Tables.SUBSCRIPTIONS,
                      Optional.of(new ElementsOf("items", "subscription_items", "subscription"))),
                  new StagingView(
                      Tables.INVOICES,
                      Optional.of(new ElementsOf("lines", "invoice_line_items", "invoice")))))
          .collect(ImmutableList.toImmutableList());

  /**
   * A list in the rows of a raw table.
   *
   * @param column the list
   * @param plural what the elements are called
   * @param owner what the row is called
   */
  public record ElementsOf(String column, String plural, String owner) {}

  /** All of them; a view comes after those that it reads. */
  public static ImmutableList<StagingView> all() {
    return ALL;
  }

  /**
   * The view of that name, if there is one.
   *
   * @param name {@code staging.stg_charges}
   */
  public static Optional<StagingView> named(String name) {
    return ALL.stream().filter(view -> view.name().equals(name)).findFirst();
  }

  /** {@code staging.stg_charges}. */
  public String name() {
    return Layer.STAGING.id() + "." + view();
  }

  /** {@code stg_charges}. */
  public String view() {
    return "stg_" + list.map(ElementsOf::plural).orElse(raw.contract().table());
  }

  /** What one row is. */
  public String description() {
    return list.map(
            elements ->
                "One row for each element of %s in the newest version of each row of %s."
                    .formatted(elements.column(), raw.name()))
        .orElseGet(
            () ->
                "The newest version of each row of %s: one row per %s."
                    .formatted(raw.name(), String.join(", ", key())));
  }

  /**
   * The description, and what tells a view that was made from the same columns and SQL from any
   * other: a warehouse keeps it beside the view, and a run compares it.
   *
   * @param sql what the view selects, in the words of the warehouse
   */
  public String descriptionOf(String sql) {
    String columns =
        columns().stream()
            .map(c -> c.getName() + c.getType() + c.getMode() + c.getDescription())
            .collect(joining());
    return description()
        + " Definition "
        + Hashing.sha256().hashString(columns + sql, UTF_8).toString().substring(0, DIGITS)
        + ".";
  }

  /** The columns that tell the rows apart. */
  public ImmutableList<String> key() {
    return list.map(elements -> ImmutableList.of(ownerId(elements), POSITION))
        .orElseGet(
            () ->
                raw.contract().primaryKey().stream()
                    .filter(column -> !column.equals(SNAPSHOT_DATE))
                    .collect(ImmutableList.toImmutableList()));
  }

  /** As in a contract. Those of elements begin with {@link #ownColumns}. */
  public ImmutableList<TableFieldSchema> columns() {
    return list.map(
            elements ->
                ImmutableList.<TableFieldSchema>builder()
                    .addAll(ownColumns())
                    .addAll(column(elements.column()).getFields())
                    .build())
        .orElseGet(() -> ImmutableList.copyOf(raw.contract().columns()));
  }

  /** What a row of elements has beside the element: whose it is, and where it stands, from 1. */
  public ImmutableList<TableFieldSchema> ownColumns() {
    String owner = list.orElseThrow().owner();
    return ImmutableList.of(
        column("id")
            .clone()
            .setName(ownerId(list.orElseThrow()))
            .setDescription("The %s that it belongs to.".formatted(owner)),
        column("customer")
            .clone()
            .setName("customer_id")
            .setDescription("The customer of the %s.".formatted(owner)),
        new TableFieldSchema()
            .setName(POSITION)
            .setType("INTEGER")
            .setMode("REQUIRED")
            .setDescription("Its place in the %s, from 1.".formatted(owner)),
        column(SNAPSHOT_DATE));
  }

  /** The view of whose rows the elements are taken. */
  public StagingView ofOwners() {
    return new StagingView(raw, Optional.empty());
  }

  /**
   * The newest version of each object, in the SQL that all warehouses share: by {@code
   * _changed_at}, then by {@code _snapshot_date}.
   */
  public String newestVersions() {
    return "SELECT "
        + columns().stream().map(column -> "t." + column.getName()).collect(joining(", "))
        + " FROM (SELECT v.*, ROW_NUMBER() OVER (PARTITION BY "
        + key().stream().map(column -> "v." + column).collect(joining(", "))
        + " ORDER BY v._changed_at DESC, v._snapshot_date DESC) AS newness FROM "
        + raw.name()
        + " AS v) AS t WHERE t.newness = 1";
  }

  private static String ownerId(ElementsOf elements) {
    return elements.owner() + "_id";
  }

  private TableFieldSchema column(String name) {
    return raw.contract().columns().stream()
        .filter(column -> column.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(raw.name() + " has no column " + name));
  }
}
