package org.stripeanalytics.ingestion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** The pieces of a file that is in memory, as texts. */
final class FilePieces {
  static List<String> pieces(String file) throws IOException {
    return pieces(file.getBytes(UTF_8));
  }

  /** The text of each object, and of what is none behind the rule it breaks. */
  static List<String> pieces(byte[] bytes) throws IOException {
    List<String> pieces = new ArrayList<>();
    try (JsonFile file = JsonFile.open(new ByteArrayInputStream(bytes))) {
      for (FilePiece piece = file.next(); piece != null; piece = file.next()) {
        assertThat(piece.number(), is(pieces.size() + 1L));
        pieces.add(
            piece.isEmptyPage()
                ? "empty page"
                : piece.fault() == null
                    ? piece.text()
                    : piece.fault().rule().id() + ": " + piece.text());
      }
    }
    return pieces;
  }

  static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private FilePieces() {}
}
