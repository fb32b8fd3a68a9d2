package org.stripeanalytics.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Accounts for a file, character by character: what was loaded from it and what was listed is
 * struck out, and nothing of an object may be left.
 */
final class FileAccount {
  /** Members of a list around its objects are no loss; a piece of an object is mostly longer. */
  private static final int MOST_LEFT = 100;

  private static final Pattern TAG = Pattern.compile("_f[0-9]{5}");
  private static final String EMPTY_DATA = "[]";

  private final MutatedFile file;
  private final StringBuilder rest;

  FileAccount(MutatedFile file) {
    this.file = file;
    this.rest = new StringBuilder(file.text());
  }

  /**
   * What is wrong with the file's account; one line each.
   *
   * @param loaded the texts of the objects that were loaded
   * @param listed the payloads of its rejections, those of one record once
   */
  List<String> losses(Set<String> loaded, List<String> listed) {
    List<String> losses = new ArrayList<>();
    for (String object : file.intact()) {
      if (!loaded.contains(object)) {
        losses.add("not loaded: " + shown(object));
      }
    }
    loaded.stream().sorted(longestFirst()).forEach(this::strike);
    for (String payload : listed.stream().sorted(longestFirst()).toList()) {
      int gap = payload.indexOf(EMPTY_DATA);
      // An object may be loaded and have told of another that was rejected.
      if (!loaded.contains(payload)
          && !strike(payload)
          && !(gap >= 0
              && strike(payload.substring(0, gap + 1))
              && strike(payload.substring(gap + 1)))) {
        losses.add("listed otherwise than delivered: " + shown(payload));
      }
    }
    for (String left : rest.toString().split("\u0000+")) {
      String piece = left.strip();
      if ((piece.length() > MOST_LEFT || TAG.matcher(piece).find()) && !isIgnored(piece)) {
        losses.add("neither loaded nor listed: " + shown(piece));
      }
    }
    return losses;
  }

  private static Comparator<String> longestFirst() {
    return Comparator.comparingInt(String::length).reversed();
  }

  private boolean strike(String text) {
    int at = text.isEmpty() ? -1 : rest.indexOf(text);
    if (at >= 0) {
      rest.replace(at, at + text.length(), "\u0000");
    }
    return at >= 0 || text.isEmpty();
  }

  private static boolean isIgnored(String piece) {
    return SpoiltValues.IGNORED.stream()
        .anyMatch(type -> piece.matches("(?s).*\"object\" ?: ?\"" + type + "\".*"));
  }

  private String shown(String text) {
    return "%s (%s) %s"
        .formatted(file.name(), file.how(), text.substring(0, Math.min(200, text.length())));
  }
}
