package org.stripeanalytics.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.stripeanalytics.chaos.LaidOutFile.Layout;

/**
 * A file of objects that was spoilt in one place.
 *
 * @param name of the file
 * @param how what was done to it
 * @param bytes as they are delivered
 * @param text what of it can be read, with U+FFFD for bytes that are no UTF-8
 * @param intact the objects that have to be loaded whatever else becomes of the file
 */
record MutatedFile(
    String name, String how, byte[] bytes, String text, ImmutableList<String> intact) {
  private static final int MOST_OBJECTS = 9;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** What is done to a file beside the spoiling of values and of bytes. */
  private enum Wrapping {
    LIST_CUT_AFTER_DATA,
    LIST_WITHOUT_END,
    SECOND_DATA,
    EMPTY_PAGES,
    NESTED_ARRAYS,
    OTHER_ELEMENTS,
    MARKED_AND_CRLF,
    GZIP,
    GZIP_CUT,
    GZIP_IN_TWO,
    GZIP_AND_MORE
  }

  /**
   * @param number of the file, which is in the ids of its objects
   * @param account lines of JSON to choose objects from
   */
  static MutatedFile of(int number, List<String> account, SplittableRandom random) {
    String tag = "_f%05d".formatted(number);
    List<ObjectNode> objects = new ArrayList<>();
    int count = 2 + random.nextInt(MOST_OBJECTS - 1);
    for (int i = 0; i < count; i++) {
      objects.add(tagged(account.get(random.nextInt(account.size())), tag + "_" + i));
    }
    String name = tag.substring(1);
    return switch (random.nextInt(5)) {
      case 0, 1 -> ofValues(name, objects, random);
      case 2, 3 -> ofBytes(name, objects, random);
      default -> ofWrapping(name, objects, random);
    };
  }

  private static MutatedFile ofValues(
      String name, List<ObjectNode> objects, SplittableRandom random) {
    Layout layout = Layout.values()[random.nextInt(Layout.values().length)];
    SpoiltValues.Kind kind =
        SpoiltValues.Kind.values()[random.nextInt(SpoiltValues.Kind.values().length)];
    int which = random.nextInt(objects.size());
    if (kind == SpoiltValues.Kind.NO_OBJECT && !layout.hasBrackets()) {
      kind = SpoiltValues.Kind.TYPE;
    }
    List<String> texts = texts(objects, layout);
    List<String> intact = new ArrayList<>(texts);
    intact.remove(which);
    texts.set(which, new SpoiltValues(random).of(kind, objects.get(which)));
    byte[] bytes = layout.of(texts).bytes();
    return plain(name, layout + " with " + kind + " in object " + which, bytes, intact);
  }

  private static MutatedFile ofBytes(
      String name, List<ObjectNode> objects, SplittableRandom random) {
    Layout layout = Layout.values()[random.nextInt(Layout.values().length)];
    LaidOutFile file = layout.of(texts(objects, layout));
    SpoiltBytes.Kind kind =
        SpoiltBytes.Kind.values()[random.nextInt(SpoiltBytes.Kind.values().length)];
    SpoiltBytes spoilt = SpoiltBytes.of(kind, file.bytes(), random);
    List<String> intact =
        file.objects().stream()
            .filter(place -> spoilt.leavesIntact(place, file.bytes()))
            .map(LaidOutFile.Place::text)
            .toList();
    return plain(name, layout + " with " + kind + " at " + spoilt.from(), spoilt.bytes(), intact);
  }

  private static MutatedFile ofWrapping(
      String name, List<ObjectNode> objects, SplittableRandom random) {
    Wrapping wrapping = Wrapping.values()[random.nextInt(Wrapping.values().length)];
    List<String> all = texts(objects, Layout.LINES);
    List<String> first = all.subList(0, 1);
    List<String> rest = all.subList(1, all.size());
    String lines = String.join("\n", rest) + "\n";
    String open = LaidOutFile.OPENING + first.get(0);
    return switch (wrapping) {
      case LIST_CUT_AFTER_DATA -> {
        int cut = 1 + random.nextInt(LaidOutFile.CLOSING.length() - 1);
        String list = open + LaidOutFile.CLOSING.substring(0, cut);
        yield text(name, wrapping, list + "\n" + lines, all);
      }
      case LIST_WITHOUT_END -> text(name, wrapping, open + "\n" + lines, all);
      case SECOND_DATA ->
          text(name, wrapping, open + "],\"data\":[" + first.get(0) + "]}\n" + lines, all);
      case EMPTY_PAGES ->
          text(name, wrapping, LaidOutFile.OPENING + LaidOutFile.CLOSING + "\n[]\n" + lines, rest);
      case NESTED_ARRAYS ->
          text(name, wrapping, "[[" + first.get(0) + "],[" + String.join(",", rest) + "]]", all);
      case OTHER_ELEMENTS ->
          text(name, wrapping, "[1,null," + String.join(",\"{\",", all) + ",[]]", all);
      case MARKED_AND_CRLF -> text(name, wrapping, BYTE_ORDER_MARK + String.join("\r\n", all), all);
      case GZIP -> gzip(name, wrapping, gzip(lines), lines, rest);
      case GZIP_CUT -> {
        byte[] whole = gzip(lines);
        byte[] cut = Arrays.copyOf(whole, 12 + random.nextInt(whole.length - 12));
        yield gzip(
            name, wrapping, cut, ReadableText.of(cut), completeLines(ReadableText.of(cut), rest));
      }
      case GZIP_IN_TWO -> {
        byte[] both = Bytes.concat(gzip(first.get(0) + "\n"), gzip(lines));
        yield gzip(name, wrapping, both, first.get(0) + "\n" + lines, all);
      }
      case GZIP_AND_MORE -> {
        byte[] more = Bytes.concat(gzip(lines), first.get(0).getBytes(UTF_8));
        yield gzip(name, wrapping, more, lines, rest);
      }
    };
  }

  private static ImmutableList<String> completeLines(String text, List<String> lines) {
    return lines.stream()
        .filter(line -> text.contains(line + "\n"))
        .collect(ImmutableList.toImmutableList());
  }

  private static MutatedFile text(
      String name, Wrapping wrapping, String text, List<String> intact) {
    return plain(name, wrapping.name(), text.getBytes(UTF_8), intact);
  }

  private static MutatedFile plain(String name, String how, byte[] bytes, List<String> intact) {
    return new MutatedFile(
        name + ".json", how, bytes, new String(bytes, UTF_8), ImmutableList.copyOf(intact));
  }

  private static MutatedFile gzip(
      String name, Wrapping wrapping, byte[] bytes, String text, List<String> intact) {
    return new MutatedFile(
        name + ".json.gz", wrapping.name(), bytes, text, ImmutableList.copyOf(intact));
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static List<String> texts(List<ObjectNode> objects, Layout layout) {
    List<String> texts = new ArrayList<>();
    for (ObjectNode object : objects) {
      String text = layout.isPretty() ? object.toPrettyString() : object.toString();
      texts.add(layout == Layout.PRETTY_LIST ? text.replace("\n", "\n    ") : text);
    }
    return texts;
  }

  /** The object under an id of its own, and with the file's number once more. */
  private static ObjectNode tagged(String json, String tag) {
    try {
      ObjectNode object = (ObjectNode) JSON.readTree(json);
      object.put("id", object.path("id").asText("x") + tag);
      object.put("filed", tag);
      return object;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
