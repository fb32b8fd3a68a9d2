package org.stripeanalytics.ingestion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.ingestion.FilePieces.gzip;
import static org.stripeanalytics.ingestion.FilePieces.pieces;

import com.google.common.primitives.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pieces a file falls into, however its objects are laid out and packed. */
class JsonFileTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1}\n{\"a\":{\"b\":[2]}}\n",
        "{\"a\":1}\r\n{\"a\":{\"b\":[2]}}",
        "\n\n{\"a\":1}{\"a\":{\"b\":[2]}}\n\n",
        "[{\"a\":1},{\"a\":{\"b\":[2]}}]",
        "[\n{\"a\":1},\n{\"a\":{\"b\":[2]}}\n]\n",
        "{\"object\":\"list\",\"data\":[{\"a\":1},{\"a\":{\"b\":[2]}}],\"has_more\":false}",
        "{\"object\": \"list\",\n \"url\": \"/v1/x\",\n \"data\": [\n  {\"a\":1},\n  {\"a\":{\"b\":[2]}}\n ]\n}",
        "{\"data\":[{\"a\":1}],\"url\":\"}]\"}\n{\"data\":[{\"a\":{\"b\":[2]}}]}\n",
      })
  void anObjectIsFoundHoweverTheFileIsLaidOut(String file) throws IOException {
    assertThat(pieces(file), contains("{\"a\":1}", "{\"a\":{\"b\":[2]}}"));
  }

  @Test
  void prettyPrintedObjectsAreOnePieceEachAndStayAsTheyAre() throws IOException {
    String first =
        "{\n  \"id\": \"in_1\",\n  \"lines\": {\n    \"data\": [\n      {}\n    ]\n  }\n}";
    String second = "{\n  \"id\": \"in_2\"\n}";

    assertThat(pieces(first + "\n" + second + "\n"), contains(first, second));
    assertThat(pieces("[\n" + first + ",\n" + second + "\n]"), contains(first, second));
  }

  @Test
  void bracesInTextsAreNoBraces() throws IOException {
    String object = "{\"a\":\"}{\\\"]\\\\\",\"data\":\"data\",\"b\":[\"{\"]}";

    assertThat(pieces(object + "\n" + object), contains(object, object));
  }

  @Test
  void anEventWhoseDataIsAnObjectIsNoList() throws IOException {
    String event = "{\"object\":\"event\",\"data\":{\"object\":{\"items\":{\"data\":[{}]}}}}";

    assertThat(pieces(event), contains(event));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\n"})
  void anEmptyFileIsListed(String file) throws IOException {
    assertThat(pieces(file), contains("empty_file: "));
    assertThat(pieces(gzip(file)), contains("empty_file: "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"data\":[]}",
        "{\"object\":\"list\",\"data\":[],\"has_more\":false}",
        "{\n  \"data\": [\n  ],\n  \"object\": \"search_result\"\n}"
      })
  void anEmptyListIsAPieceSoThatItIsCounted(String file) throws IOException {
    assertThat(pieces(file), contains("empty page"));
    assertThat(pieces(file + "\n{\"id\":1}"), contains("empty page", "{\"id\":1}"));
  }

  @Test
  void anObjectOfAnotherTypeIsNoListThoughItsDataIsAnArray() throws IOException {
    String event = "{\"id\":\"evt_1\",\"object\":\"event\",\"data\":[]}";
    String twice = "{\"data\":{\"a\":1},\"data\":[{\"b\":2}]}";

    assertThat(pieces(event + "\n" + twice), contains(event, twice));
  }

  @Test
  void arraysOfPagesAreReadPageByPage() throws IOException {
    String page = "{\"object\":\"list\",\"data\":[{\"id\":1}],\"has_more\":true}";

    assertThat(pieces("[" + page + ",\n" + page + "]"), contains("{\"id\":1}", "{\"id\":1}"));
    assertThat(pieces("[[{\"id\":1}],[{\"id\":2}]]"), contains("{\"id\":1}", "{\"id\":2}"));
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws IOException {
    assertThat(pieces("\uFEFF{\"id\":1}\n"), contains("{\"id\":1}"));
    assertThat(pieces(gzip("\uFEFF{\"id\":1}\n")), contains("{\"id\":1}"));
  }

  @Test
  void gzipIsToldByItsFirstBytesAndMayHaveSeveralMembers() throws IOException {
    byte[] file = Bytes.concat(gzip("{\"id\":1}\n"), gzip("{\"id\":2}\n"));

    assertThat(pieces(file), contains("{\"id\":1}", "{\"id\":2}"));
  }

  @Test
  void nothingBehindACompressedPartDisappears() throws IOException {
    byte[] first = gzip("{\"id\":1}\n");
    byte[] second = gzip("{\"id\":2}\n");
    byte[] damaged = second.clone();
    damaged[1] ^= 1;

    assertThat(pieces(Bytes.concat(first, damaged)), contains("{\"id\":1}", "truncated_file: "));
    assertThat(
        pieces(Bytes.concat(first, Arrays.copyOf(second, 5))),
        contains("{\"id\":1}", "truncated_file: "));
    assertThat(
        pieces(Bytes.concat(first, "{\"id\":2}".getBytes(UTF_8))),
        contains("{\"id\":1}", "truncated_file: "));
    assertThat("padding", pieces(Bytes.concat(first, new byte[512])), contains("{\"id\":1}"));
  }

  @Test
  void anArrayOnOneLineIsReadPieceByPiece() throws IOException {
    long objects = 0;
    try (JsonFile file = JsonFile.open(new EndlessArray(256L << 20))) {
      for (FilePiece piece = file.next(); piece != null; piece = file.next()) {
        objects += piece.fault() == null ? 1 : 0;
      }
    }
    assertThat(objects, is((256L << 20) / EndlessArray.OBJECT.length));
  }

  /** An array of as many objects as make up a size, on a single line and nowhere in memory. */
  private static final class EndlessArray extends InputStream {
    private static final byte[] OBJECT =
        ("{\"id\":\"" + "x".repeat((1 << 20) - 10) + "\"},").getBytes(UTF_8);

    private final long size;
    private long position = -1;

    EndlessArray(long size) {
      this.size = size;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("read in blocks");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (position == -1) {
        position++;
        bytes[offset] = '[';
        return 1;
      }
      if (position == size) {
        position++;
        bytes[offset] = ']';
        return 1;
      }
      if (position > size) {
        return -1;
      }
      int inObject = (int) (position % OBJECT.length);
      int count = Math.min(length, OBJECT.length - inObject);
      System.arraycopy(OBJECT, inObject, bytes, offset, count);
      position += count;
      return count;
    }
  }
}
