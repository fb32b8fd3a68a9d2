package org.stripeanalytics.ingestion;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.google.common.primitives.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pieces a file falls into: whole objects as they are, and what is none with its reason. */
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

  @Test
  void aBrokenLineCostsOnlyItself() throws IOException {
    String file =
        """
        {"id":1}
        {"id":"cut in a text
        {"id":2}
        {"id":"cut behind a comma",
        {"id":3}
        {"id":4,"items":[
        {"id":5}
        {"id":6]
        no JSON at all
        {"id":7}
        {"id":8}}
        {"id":9}
        """;

    assertThat(
        pieces(file),
        contains(
            "{\"id\":1}",
            "broken_json: {\"id\":\"cut in a text",
            "{\"id\":2}",
            "broken_json: {\"id\":\"cut behind a comma\",",
            "{\"id\":3}",
            "broken_json: {\"id\":4,\"items\":[",
            "{\"id\":5}",
            "broken_json: {\"id\":6]",
            "broken_json: no JSON at all",
            "{\"id\":7}",
            "{\"id\":8}",
            "broken_json: }",
            "{\"id\":9}"));
  }

  @Test
  void aBrokenObjectOfAPrettyPrintedListCostsOnlyItself() throws IOException {
    String file =
        """
        {
          "object": "list",
          "data": [
            {
              "id": 1
            },
            {
              "id": "not closed
              "more": {
                "a": 1
              }
            },
            {
              "id": 3
            },
            {
              "id": 4,
            {
              "id": 5
            }
          ]
        }
        """;

    List<String> pieces = pieces(file);

    assertThat(pieces, hasSize(5));
    assertThat(
        pieces.get(1), startsWith("broken_json: {\n      \"id\": \"not closed\n      \"more\": {"));
    assertThat(pieces.get(3), startsWith("broken_json: {\n      \"id\": 4,"));
    assertThat(
        List.of(pieces.get(0), pieces.get(2), pieces.get(4)).stream()
            .map(piece -> piece.replaceAll("\\s", ""))
            .toList(),
        contains("{\"id\":1}", "{\"id\":3}", "{\"id\":5}"));
  }

  @Test
  void aFileThatEndsInsideAnObjectSaysSo() throws IOException {
    assertThat(pieces("{\"id\":1}\n{\"id\":"), contains("{\"id\":1}", "broken_json: {\"id\":"));
    assertThat(pieces("[{\"id\":1},"), contains("{\"id\":1}", "broken_json: ["));
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"object\":\"list\",\"data\":[{\"id\":1}]",
        "{\"object\":\"list\",\"data\":[{\"id\":1}],",
        "{\"object\":\"list\",\"data\":[{\"id\":1}],\"has_mo",
        "{\"object\":\"list\",\"data\":[{\"id\":1}],\"has_more\":",
        "{\"object\":\"list\",\"data\":[{\"id\":1}],\"has_more\":false,\"url\":\"/v1/x\"",
        "{\n  \"object\": \"list\",\n  \"data\": [\n    {\"id\":1}\n  ],\n  \"has_more\":",
      })
  void aListThatIsCutOffAfterItsDataCostsNoneOfTheObjectsThatFollow(String cut) throws IOException {
    String shell = "broken_json:" + cut.replace("{\"id\":1}", "").replaceAll("\\s+", "");

    List<String> lines =
        pieces(cut + "\n{\"id\":2}\n{\"object\":\"list\",\"data\":[{\"id\":3}]}\n");

    assertThat(
        lines.stream().map(piece -> piece.replaceAll("\\s+", "")).toList(),
        contains("{\"id\":1}", shell, "{\"id\":2}", "{\"id\":3}"));
  }

  @Test
  void aListThatIsCutOffInsideItsDataCostsNoneOfTheObjectsThatFollow() throws IOException {
    String cut = "{\"object\":\"list\",\"data\":[{\"id\":1},{\"id\":";

    assertThat(
        pieces(cut + "\n{\"object\":\"list\",\"data\":[{\"id\":3}]}\n{\"id\":4}\n"),
        contains(
            "{\"id\":1}",
            "broken_json: {\"id\":",
            "{\"id\":3}",
            "{\"id\":4}",
            "broken_json: {\"object\":\"list\",\"data\":["));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"data":[{"id":1}],"data":[{"id":2}]}          | {"data":[],"data":[{"id":2}]}
          {"data":[{"id":1}],"object":"event"}           | {"data":[],"object":"event"}
          {"data":[{"id":1}],"has_more":fals}            | {"data":[],"has_more":fals}
          {"data":[{"id":1}],"object":"list","url":"\\ud8"} | {"data":[],"object":"list","url":"\\ud8"}
          """)
  void aListWhoseOtherMembersAreBrokenIsListedWithThem(String list, String payload)
      throws IOException {
    assertThat(pieces(list), contains("{\"id\":1}", "broken_json: " + payload));
  }

  @Test
  void anObjectOfAnotherTypeIsNoListThoughItsDataIsAnArray() throws IOException {
    String event = "{\"id\":\"evt_1\",\"object\":\"event\",\"data\":[]}";
    String twice = "{\"data\":{\"a\":1},\"data\":[{\"b\":2}]}";

    assertThat(pieces(event + "\n" + twice), contains(event, twice));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          null, {"id":2}]                         | null,
          1, "two", {"id":2}]                     | 1, "two",
          x"id":1,"a":{"object":"price"}},{"id":2}] | x"id":1,"a":{"object":"price"}}
          "}{",{"id":2}]                          | "}{",
          """)
  void anElementThatIsNoObjectCostsOnlyItself(String rest, String payload) throws IOException {
    assertThat(
        pieces("[{\"id\":1}," + rest),
        contains("{\"id\":1}", "broken_json: " + payload, "{\"id\":2}"));
  }

  @Test
  void arraysOfPagesAreReadPageByPage() throws IOException {
    String page = "{\"object\":\"list\",\"data\":[{\"id\":1}],\"has_more\":true}";

    assertThat(pieces("[" + page + ",\n" + page + "]"), contains("{\"id\":1}", "{\"id\":1}"));
    assertThat(pieces("[[{\"id\":1}],[{\"id\":2}]]"), contains("{\"id\":1}", "{\"id\":2}"));
  }

  @Test
  void nothingOfALongStretchThatIsSkippedIsLeftOut() throws IOException {
    String garbage = "x".repeat(JsonScanner.MOST_BYTES + 5);

    List<String> pieces = pieces(garbage + "\n{\"id\":1}\n");

    assertThat(pieces, hasSize(3));
    assertThat(pieces.get(1), is("broken_json: xxxxx"));
    assertThat(pieces.get(2), is("{\"id\":1}"));
  }

  @Test
  void bracketsWithoutEndAreOneRejectionEach() throws IOException {
    List<String> pieces = pieces("[".repeat(5_000) + "\n{\"id\":1}\n");

    assertThat(pieces.contains("{\"id\":1}"), is(true));
    assertThat(
        pieces.stream().filter(piece -> piece.startsWith("broken_json: [")).count(), is(1001L));
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws IOException {
    assertThat(pieces("\uFEFF{\"id\":1}\n"), contains("{\"id\":1}"));
    assertThat(pieces(gzip("\uFEFF{\"id\":1}\n")), contains("{\"id\":1}"));
  }

  @Test
  void anotherEncodingOrCompressionIsNamed() throws IOException {
    assertThat(pieces("\uFEFF{\"id\":1}".getBytes(UTF_16LE)), contains("unsupported_encoding: "));
    assertThat(
        pieces(new byte[] {'P', 'K', 3, 4, 0, 0, '\n', 1}), contains("unsupported_encoding: "));
  }

  @Test
  void bytesThatAreNoUtf8CostOnlyTheirObject() throws IOException {
    byte[] file =
        Bytes.concat(
            "{\"name\":\"Zoë\"}\n".getBytes(ISO_8859_1), "{\"name\":\"Zoë\"}\n".getBytes(UTF_8));

    assertThat(
        pieces(file), contains("invalid_utf8: {\"name\":\"Zo\uFFFD\"}", "{\"name\":\"Zoë\"}"));
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
  void aGzipWhoseChecksumDiffersIsListed() throws IOException {
    byte[] file = gzip("{\"id\":1}\n");
    file[file.length - 8] ^= 1;

    assertThat(pieces(file), contains("{\"id\":1}", "truncated_file: "));
  }

  @Test
  void aTruncatedGzipKeepsWhatCameBefore() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      lines.append("{\"id\":").append(i * 7919L % 10_007).append("}\n");
    }
    byte[] whole = gzip(lines.toString());

    List<String> pieces = pieces(Arrays.copyOf(whole, whole.length / 2));

    assertThat(pieces.get(0), is("{\"id\":0}"));
    assertThat(pieces.get(pieces.size() - 1), startsWith("truncated_file: "));
    assertThat(pieces.stream().filter(piece -> !piece.startsWith("{")).toList(), hasSize(1));
    assertThat(pieces(Arrays.copyOf(whole, 5)), contains("truncated_file: "));
  }

  @Test
  void anObjectThatIsTooLargeIsCutAndCostsOnlyItself() throws IOException {
    String large = "{\"text\":\"" + "x".repeat(JsonScanner.MOST_BYTES) + "\"}";

    List<String> pieces = pieces(large + "\n{\"id\":1}\n");

    assertThat(pieces, hasSize(2));
    assertThat(pieces.get(0), startsWith("record_too_large: {\"text\":\"xxx"));
    assertThat(pieces.get(1), is("{\"id\":1}"));
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

  private static List<String> pieces(String file) throws IOException {
    return pieces(file.getBytes(UTF_8));
  }

  /** The text of each object, and of what is none behind the rule it breaks. */
  private static List<String> pieces(byte[] bytes) throws IOException {
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

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
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
