package org.stripeanalytics.quality;

import java.util.Locale;

/**
 * Why something that was delivered is no row. Only these reasons reject; anything else that goes
 * wrong fails the bundle, so that nothing is lost by surprise.
 */
public enum RejectionRule {
  /** The file has no record at all. Listed, so that it is seen, but nothing was lost in it. */
  EMPTY_FILE,
  /** A compressed file ends, or breaks, before its end. What came before is kept. */
  TRUNCATED_FILE,
  /** The file is in a character encoding or a compression that cannot be read. */
  UNSUPPORTED_ENCODING,
  /** Bytes that are no UTF-8. */
  INVALID_UTF8,
  /** An escape in a text that stands for half a character. */
  INVALID_UNICODE,
  /** Text that is no JSON object, or one that readers understand differently. */
  BROKEN_JSON,
  /**
   * A row of a CSV file with quotes that do not match, or another number of cells than its header.
   */
  BROKEN_CSV,
  /** One object of more bytes than a warehouse takes in a row. */
  RECORD_TOO_LARGE,
  /** An object of a type that no raw table holds. */
  UNKNOWN_OBJECT,
  /** An object that is no event, in a run that does not know the day of its state. */
  MISSING_EXTRACTION_DAY,
  /** No id, or an empty one. */
  MISSING_ID,
  /**
   * A part of an object that nothing is known of yet; it can be replayed once that was ingested.
   */
  MISSING_OWNER,
  /** A field that every object of the type has. */
  MISSING_FIELD,
  /** A value of another type than its column. */
  WRONG_TYPE,
  /** More decimal places or digits than the warehouse keeps. */
  TOO_PRECISE,
  /** A value that is none of the accepted ones. */
  UNKNOWN_ENUM,
  /** Less than nothing, where that cannot be. */
  NEGATIVE_AMOUNT,
  /** A number outside its range. */
  OUT_OF_RANGE,
  /** A time that no calendar of ours has, or that comes before what it must follow. */
  IMPOSSIBLE_TIMESTAMP,
  /** No currency of ISO 4217 in lower case. */
  UNKNOWN_CURRENCY,
  /** A part in another currency than the whole. */
  CURRENCY_MISMATCH,
  /** More text than the column takes. */
  TEXT_TOO_LONG;

  /** The value of the column {@code rule}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether what it rejects would have been a row, so that it counts among the rows of a run. */
  public boolean losesRows() {
    return this != EMPTY_FILE;
  }
}
