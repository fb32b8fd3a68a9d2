package org.stripeanalytics.ingestion;

import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.quality.Violation;

/**
 * What a file consists of: the text of an object, text that is none, or an answer without objects.
 *
 * @param number its place in the file, from 1
 * @param text as it stands in the file
 * @param fault why it is no object; null if it may be one
 */
public record FilePiece(long number, String text, @Nullable Violation fault) {

  /** An empty array, or a list response with one. */
  static FilePiece emptyPage(long number) {
    return new FilePiece(number, "", null);
  }

  public boolean isEmptyPage() {
    return text.isEmpty() && fault == null;
  }
}
