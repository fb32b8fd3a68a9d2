package org.stripeanalytics.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The files beside these classes that the page is made of: styles, scripts, queries. */
final class PageResource {

  static String text(String name) {
    try (InputStream text = PageResource.class.getResourceAsStream(name)) {
      if (text == null) {
        throw new IllegalStateException(
            "the page needs " + name + ", which is not on the class path");
      }
      return new String(text.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  private PageResource() {}
}
