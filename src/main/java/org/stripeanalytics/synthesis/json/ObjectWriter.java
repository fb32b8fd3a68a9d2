package org.stripeanalytics.synthesis.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Writes one kind of object: runs of constant text, and between them what differs. */
final class ObjectWriter {

  /** Writes a value; never the key. */
  interface ValueWriter {
    void write(Scope scope, JsonBytes json);
  }

  /**
   * A member of the object.
   *
   * @param key with its colon; for a constant the whole run of members
   * @param value null for a constant
   * @param presence null for a member that is always there
   */
  record Member(String key, @Nullable ValueWriter value, @Nullable Value presence) {}

  private final byte[][] keys;
  private final ValueWriter[] values;
  private final Value[] presences;

  ObjectWriter(List<Member> members) {
    keys = new byte[members.size()][];
    values = new ValueWriter[members.size()];
    presences = new Value[members.size()];
    for (int i = 0; i < members.size(); i++) {
      keys[i] = members.get(i).key().getBytes(UTF_8);
      values[i] = members.get(i).value();
      presences[i] = members.get(i).presence();
    }
  }

  void write(Scope scope, JsonBytes json) {
    write(scope, json, null);
  }

  /**
   * @param bounds receives, for each member, where its value starts and ends; -1 where it has none
   */
  void write(Scope scope, JsonBytes json, int @Nullable [] bounds) {
    json.raw('{');
    for (int i = 0; i < keys.length; i++) {
      int start = -1;
      if (presences[i] == null || presences[i].in(scope) != null) {
        if (!json.isFresh()) {
          json.raw(',');
        }
        json.raw(keys[i]);
        if (values[i] != null) {
          start = json.size();
          values[i].write(scope, json);
        }
      }
      if (bounds != null) {
        bounds[2 * i] = start;
        bounds[2 * i + 1] = start < 0 ? -1 : json.size();
      }
    }
    json.raw('}');
  }

  int members() {
    return keys.length;
  }

  byte[] key(int member) {
    return keys[member];
  }
}
