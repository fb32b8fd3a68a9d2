package org.stripeanalytics.ingestion;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The notices of one bundle, by subject. */
public final class Notices {
  private final Map<String, Notice> bySubject = new HashMap<>();

  public void add(String subject, String example) {
    bySubject.merge(subject, Notice.of(subject, example), Notice::and);
  }

  public Collection<Notice> all() {
    return bySubject.values();
  }
}
