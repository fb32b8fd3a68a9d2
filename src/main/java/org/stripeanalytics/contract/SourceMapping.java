package org.stripeanalytics.contract;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How a raw table is filled from the exports of a source other than Stripe: the key {@code source}
 * of its contract. No code knows any source; a contract with this key is all that a new one needs.
 *
 * @param name of the source, as {@code --source} takes it
 * @param tables what exports call the table, as in file names: {@code contact}
 * @param columns where columns come from; one that is not listed comes from a header of its own
 *     name
 * @param day the column whose day a row is filed under, of rows that happened on a day; null for
 *     rows that show a state, which are filed under the day of that state
 * @param changedAt headers that say when the row changed last, the first that is there; without one
 *     the end of the day of the export counts
 * @param zone of times that name none; UTC if null
 * @param identity who a row is, if it is somebody
 * @param merges which rows of another table were merged, if that is what a row says
 * @param spend what a row says was spent on advertising, if it does
 * @param ad which account, campaign or ad of an advertising platform a row describes, if any
 * @param ticket what a row says of something that was asked of support, if it is that
 * @param deal what a row says of something that sales tries to sell, if it is that
 * @param links which rows of two other tables belong together, if that is what a row says
 */
public record SourceMapping(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) List<String> tables,
    Map<String, Cell> columns,
    @Nullable String day,
    List<String> changedAt,
    @Nullable String zone,
    @Nullable Identity identity,
    @Nullable Merges merges,
    @Nullable Spend spend,
    @Nullable Ad ad,
    @Nullable Ticket ticket,
    @Nullable Deal deal,
    @Nullable Links links) {

  public SourceMapping {
    tables = ImmutableList.copyOf(tables);
    columns = columns == null ? ImmutableMap.of() : ImmutableMap.copyOf(columns);
    changedAt = orNone(changedAt);
    zone = zone == null ? "UTC" : zone;
    checkArgument(spend == null || day != null, "spend of %s is of no day", name);
  }

  /** How a cell is read, where its column's type does not say it all. */
  public enum Form {
    /** A number of millionths. */
    @JsonProperty("micros")
    MICROS,
    /** True stands for false, as in a flag that says what is active. */
    @JsonProperty("negated")
    NEGATED,
    /** A text in lower case. */
    @JsonProperty("lower_case")
    LOWER_CASE,
    /** A list of ids in one text: {@code [1, 2]}, {@code 1;2}, or {@code 1:time;2:time}. */
    @JsonProperty("ids")
    IDS
  }

  /**
   * Where a column comes from.
   *
   * @param from headers, the first that is there
   * @param as null where the type of the column says how it is read
   * @param otherwise the text that stands for an empty cell; null for none
   */
  public record Cell(
      List<String> from, @Nullable Form as, @JsonProperty("else") @Nullable String otherwise) {
    public Cell {
      from = orNone(from);
    }
  }

  /** What kind of somebody a row is. */
  public enum Kind {
    @JsonProperty("person")
    PERSON,
    @JsonProperty("company")
    COMPANY,
    /** A browser, of which a table has a row for each visit. */
    @JsonProperty("visitor")
    VISITOR
  }

  /**
   * Who a row is. Columns are those of the contract.
   *
   * @param id the column that tells them apart
   * @param customer columns that may hold the id of a Stripe customer, or one of {@code
   *     customer.metadata.user_id}
   * @param metadata keys of {@code customer.metadata} that hold this table's ids
   * @param emails columns with addresses
   * @param domain a column with a domain or a website, of a company
   * @param company the company of a person
   * @param merged a column with ids of this table that were merged into this row
   * @param into columns with the id of what this row was merged or converted into
   * @param created the column that says since when it is there
   * @param only of a table that holds others too: which rows are meant
   * @param profile what else the row says of a customer; null if nothing
   */
  public record Identity(
      @JsonProperty(required = true) Kind kind,
      @JsonProperty(required = true) String id,
      List<String> customer,
      List<String> metadata,
      List<String> emails,
      @Nullable String domain,
      @Nullable Link company,
      @Nullable String merged,
      List<Link> into,
      @Nullable String created,
      @Nullable Only only,
      @Nullable Profile profile) {
    public Identity {
      customer = orNone(customer);
      metadata = orNone(metadata);
      emails = orNone(emails);
      into = orNone(into);
    }
  }

  /**
   * What a row says of a customer besides who it is. Columns are those of the contract.
   *
   * @param rank of two tables that say something the one of the lesser rank counts
   * @param company the column with the company's name
   * @param owner the column with the person in sales whom the customer belongs to
   * @param lifecycleStage the column with the stage of its life
   * @param deleted the column that says that the row was deleted, and so says nothing
   */
  public record Profile(
      @JsonProperty(required = true) int rank,
      @Nullable String company,
      @Nullable String owner,
      @Nullable String lifecycleStage,
      @Nullable String deleted) {}

  /** A column that holds ids of a table. */
  public record Link(
      @JsonProperty(required = true) String column, @JsonProperty(required = true) String table) {
    /** The table without its layer. */
    public String object() {
      return unlayered(table);
    }
  }

  /** Rows with one of some values in a column. */
  public record Only(
      @JsonProperty(required = true) String column,
      @JsonProperty(required = true) List<String> values) {}

  /** That one row of a table was merged into another. */
  public record Merges(
      @JsonProperty(required = true) String from,
      @JsonProperty(required = true) String into,
      @JsonProperty(required = true) String table) {
    /** The table without its layer. */
    public String object() {
      return unlayered(table);
    }
  }

  /**
   * What was asked of support. Columns are those of the contract.
   *
   * @param id the column that tells them apart
   * @param of columns with who asked: a person or a company
   * @param created the column with when it was asked
   * @param firstResponseMinutes the column with minutes to the first answer; null where the source
   *     has none
   * @param ratedBadly which ratings are bad ones; null where the source has none
   * @param deleted the column that says that it was deleted
   */
  public record Ticket(
      @JsonProperty(required = true) String id,
      List<Link> of,
      @JsonProperty(required = true) String created,
      @Nullable String firstResponseMinutes,
      @Nullable Only ratedBadly,
      @Nullable String deleted) {
    public Ticket {
      of = orNone(of);
    }
  }

  /**
   * What sales tries to sell. Columns are those of the contract.
   *
   * @param id the column that tells them apart
   * @param of columns with whom it is sold to; {@link Links} of other tables may say more
   * @param amount the column with its amount in major units
   * @param closed the column with the day or the moment on which it was won or lost
   * @param deleted the column that says that it was deleted
   */
  public record Deal(
      @JsonProperty(required = true) String id,
      List<Link> of,
      @Nullable String amount,
      @JsonProperty(required = true) String closed,
      @JsonProperty(required = true) Won won,
      @Nullable String deleted) {
    public Deal {
      of = orNone(of);
    }
  }

  /**
   * Whether a deal was won: a column that says so, or one with the id of a row that does.
   *
   * @param table of the row with the id; null where the column itself says it
   * @param flag the column of that table; null likewise
   */
  public record Won(
      @JsonProperty(required = true) String column, @Nullable String table, @Nullable String flag) {
    /** The table without its layer; null where there is none. */
    public @Nullable String object() {
      return table == null ? null : unlayered(table);
    }
  }

  /** That a row of one table belongs to one of another. */
  public record Links(
      @JsonProperty(required = true) Link from, @JsonProperty(required = true) Link to) {}

  private static String unlayered(String table) {
    return table.substring(table.indexOf('.') + 1);
  }

  /**
   * What was spent on advertising on the day that a row is filed under. Several rows of one day add
   * up. Columns are those of the contract.
   *
   * @param amount the column with it, in major units of the account's currency
   * @param channel of all that the platform shows, as channels of visits are called
   * @param account whose money it is; the table has a row of {@link Ad} for each
   * @param campaign what it was spent on, or an ad that belongs to a campaign; likewise
   */
  public record Spend(
      @JsonProperty(required = true) String amount,
      @JsonProperty(required = true) String channel,
      @JsonProperty(required = true) Link account,
      @JsonProperty(required = true) Link campaign) {}

  /**
   * An account, campaign or ad as it is from the day of the row on. Columns are those of the
   * contract.
   *
   * @param id the column that tells them apart
   * @param currency of an account: what its spend is in
   * @param zone of an account: the time zone of its days
   * @param name of a campaign: as {@code utm_campaign} has it
   * @param of of an ad: the campaign that it belongs to
   */
  public record Ad(
      @JsonProperty(required = true) String id,
      @Nullable String currency,
      @Nullable String zone,
      @Nullable String name,
      @Nullable Link of) {}

  private static <T> List<T> orNone(@Nullable List<T> given) {
    return given == null ? ImmutableList.of() : ImmutableList.copyOf(given);
  }
}
