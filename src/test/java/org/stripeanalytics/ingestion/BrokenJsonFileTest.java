package org.stripeanalytics.ingestion;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.stripeanalytics.ingestion.FilePieces.gzip;
import static org.stripeanalytics.ingestion.FilePieces.pieces;

import com.google.common.primitives.Bytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is broken in a file is a piece with its reason, and costs only itself. */
class BrokenJsonFileTest {
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
}
