package org.stripeanalytics.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.primitives.Bytes;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Spoils a stretch of bytes, whatever they are.
 *
 * @param bytes what it came to
 * @param from where the stretch began in the file as it was
 * @param to where the file goes on as it was; its length if it does not
 */
record SpoiltBytes(byte[] bytes, int from, int to) {
  private static final byte[] STRUCTURE = "{}[]\",:\\\n'x0".getBytes(UTF_8);
  private static final int LONGEST_STRETCH = 60;

  enum Kind {
    CUT,
    FLIPPED_BIT,
    OVERWRITTEN,
    INSERTED,
    REMOVED,
    REPEATED,
    NOT_UTF8,
    NUL,
    NEW_LINE,
    GARBAGE_AT_END
  }

  static SpoiltBytes of(Kind kind, byte[] file, SplittableRandom random) {
    int at = random.nextInt(file.length);
    int end = Math.min(file.length, at + 1 + random.nextInt(LONGEST_STRETCH));
    return switch (kind) {
      case CUT -> replaced(file, at, file.length, new byte[0]);
      case FLIPPED_BIT ->
          replaced(file, at, at + 1, new byte[] {(byte) (file[at] ^ (1 << random.nextInt(8)))});
      case OVERWRITTEN -> replaced(file, at, at + 1, structure(random));
      case INSERTED -> replaced(file, at, at, structure(random));
      case REMOVED -> replaced(file, at, end, new byte[0]);
      case REPEATED -> replaced(file, end, end, Arrays.copyOfRange(file, at, end));
      case NOT_UTF8 ->
          replaced(file, at, at + 1, new byte[] {(byte) (random.nextBoolean() ? 0xFF : 0xC3)});
      case NUL -> replaced(file, at, at + 1, new byte[] {0});
      case NEW_LINE -> replaced(file, at, at, new byte[] {'\n'});
      case GARBAGE_AT_END ->
          replaced(file, file.length, file.length, "\n<html>{not json\n".getBytes(UTF_8));
    };
  }

  private static byte[] structure(SplittableRandom random) {
    return new byte[] {STRUCTURE[random.nextInt(STRUCTURE.length)]};
  }

  private static SpoiltBytes replaced(byte[] file, int from, int to, byte[] by) {
    return new SpoiltBytes(
        Bytes.concat(Arrays.copyOf(file, from), by, Arrays.copyOfRange(file, to, file.length)),
        from,
        to);
  }

  /** Whether an object is where nothing was spoilt and no reader can be misled about it. */
  boolean leavesIntact(LaidOutFile.Place place, byte[] file) {
    if (place.end() < from) {
      return true;
    }
    boolean listIntact = place.opened() == place.start() || place.opened() < from;
    return listIntact && place.start() > to && hasLineBreak(file, to, place.start());
  }

  private static boolean hasLineBreak(byte[] file, int from, int to) {
    for (int i = from; i < to; i++) {
      if (file[i] == '\n') {
        return true;
      }
    }
    return false;
  }
}
