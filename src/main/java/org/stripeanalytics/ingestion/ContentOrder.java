package org.stripeanalytics.ingestion;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.common.hash.Hashing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Which of several versions of one object, all of the same second, is the last. Stripe's times are
 * whole seconds and its event ids are random, so what the versions say has to decide:
 *
 * <ol>
 *   <li>what was created comes first, what was deleted last;
 *   <li>a version comes after another if that one has the values which it says it changed ({@code
 *       previous_attributes}). Where versions follow each other in a circle, the state before the
 *       second says where it begins;
 *   <li>the more final state is the later ({@code laterBy} in the contract);
 *   <li>the greater MD5 of the text, which is as good as any other rule and the same every time.
 * </ol>
 */
final class ContentOrder {

  /**
   * A version.
   *
   * @param object as it was delivered; missing if it was not delivered on its own
   * @param previousAttributes what it says it changed; null if it does not say
   * @param progress how far its state has come, term by term
   * @param text of the object; empty if it was not delivered on its own
   * @param row encoded, for versions that no text tells apart
   */
  record Version(
      Occasion.Stage stage,
      JsonNode object,
      @Nullable JsonNode previousAttributes,
      long[] progress,
      String text,
      byte[] row) {}

  /** Of so many versions all orders can be tried. */
  private static final int LONGEST_CIRCLE = 6;

  private static final Comparator<Version> BY_STATE =
      Comparator.comparing(Version::progress, Arrays::compare);

  private static final Comparator<Version> BY_TEXT =
      Comparator.<Version, String>comparing(version -> hash(version.text()))
          .thenComparing(Version::row, Arrays::compare);

  /**
   * The outcome.
   *
   * @param index of the last version
   * @param arbitrary whether only the hash told it from a version with another content
   */
  record Last(int index, boolean arbitrary) {}

  /**
   * @param versions at least one, in any order
   * @param before gives the object as it was before all of them, or a missing node if that is not
   *     known; it is asked only where versions form circles
   */
  static Last last(List<Version> versions, Supplier<JsonNode> before) {
    List<Version> latest = versions;
    if (versions.size() > 1) {
      latest = endsOfChains(notFollowed(ofLastStage(versions)), before);
      Version greatest = latest.stream().max(BY_STATE).orElseThrow();
      latest = latest.stream().filter(v -> BY_STATE.compare(v, greatest) == 0).toList();
    }
    Version last = latest.stream().max(BY_TEXT).orElseThrow();
    boolean arbitrary = latest.stream().anyMatch(other -> !other.object().equals(last.object()));
    return new Last(versions.indexOf(last), arbitrary);
  }

  private static List<Version> ofLastStage(List<Version> versions) {
    Occasion.Stage last =
        versions.stream().map(Version::stage).max(Comparator.naturalOrder()).orElseThrow();
    return versions.stream().filter(version -> version.stage() == last).toList();
  }

  /** Those that nothing follows but what they follow themselves, be it over others. */
  private static List<Version> notFollowed(List<Version> versions) {
    int count = versions.size();
    BitSet[] followers = new BitSet[count];
    for (int i = 0; i < count; i++) {
      followers[i] = new BitSet(count);
      for (int j = 0; j < count; j++) {
        followers[i].set(j, i != j && follows(versions.get(j), versions.get(i)));
      }
    }
    for (int via = 0; via < count; via++) {
      for (int i = 0; i < count; i++) {
        if (followers[i].get(via)) {
          followers[i].or(followers[via]);
        }
      }
    }
    List<Version> ends = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int version = i;
      if (followers[i].stream().allMatch(j -> j == version || followers[j].get(version))) {
        ends.add(versions.get(i));
      }
    }
    return ends;
  }

  /** Of versions that form circles, those at which a chain from the state before them can end. */
  private static List<Version> endsOfChains(
      List<Version> versions, Supplier<JsonNode> stateBefore) {
    List<Version> ends = new ArrayList<>();
    boolean isCircle = versions.stream().anyMatch(version -> changed(version).isObject());
    if (versions.size() > 1 && versions.size() <= LONGEST_CIRCLE && isCircle) {
      JsonNode before = stateBefore.get();
      for (int i = 0; before.isObject() && i < versions.size(); i++) {
        if (has(before, changed(versions.get(i)))) {
          walk(versions, i, new BitSet(), ends);
        }
      }
    }
    return ends.isEmpty() ? versions : ends;
  }

  private static void walk(List<Version> versions, int at, BitSet passed, List<Version> ends) {
    passed.set(at);
    if (passed.cardinality() == versions.size()) {
      ends.add(versions.get(at));
    }
    for (int next = 0; next < versions.size(); next++) {
      if (!passed.get(next) && follows(versions.get(next), versions.get(at))) {
        walk(versions, next, passed, ends);
      }
    }
    passed.clear(at);
  }

  private static JsonNode changed(Version version) {
    return version.previousAttributes() == null
        ? MissingNode.getInstance()
        : version.previousAttributes();
  }

  private static boolean follows(Version later, Version earlier) {
    JsonNode changed = changed(later);
    return changed.isObject()
        && !changed.isEmpty()
        && has(earlier.object(), changed)
        && !has(later.object(), changed);
  }

  /** Whether a value has everything that the other one has; null is the same as absent. */
  private static boolean has(JsonNode value, JsonNode wanted) {
    if (wanted.isObject()) {
      for (Iterator<Map.Entry<String, JsonNode>> members = wanted.fields(); members.hasNext(); ) {
        Map.Entry<String, JsonNode> member = members.next();
        if (!has(value.path(member.getKey()), member.getValue())) {
          return false;
        }
      }
      return value.isObject();
    }
    if (wanted.isArray()) {
      boolean same = value.isArray() && value.size() == wanted.size();
      for (int i = 0; same && i < wanted.size(); i++) {
        same = has(value.get(i), wanted.get(i));
      }
      return same;
    }
    return wanted.isNull() ? value.isNull() || value.isMissingNode() : wanted.equals(value);
  }

  /** The same that a warehouse compares two versions of one time by. */
  private static String hash(String text) {
    return Hashing.md5().hashString(text, UTF_8).toString();
  }

  private ContentOrder() {}
}
