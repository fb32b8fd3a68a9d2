package org.stripeanalytics.pipelines;

/** Paths of this machine, in the two ways in which people write them. */
public final class LocalPath {
  private static final String SCHEME = "file://";

  /**
   * A place without the {@code file://} of a local one. Beam matches {@code file:///landing/*} as
   * files of {@code /landing}, but writes to {@code file:///landing} in a directory of that name
   * within the current one.
   */
  public static String withoutScheme(String place) {
    return place.startsWith(SCHEME + "/") ? place.substring(SCHEME.length()) : place;
  }

  private LocalPath() {}
}
