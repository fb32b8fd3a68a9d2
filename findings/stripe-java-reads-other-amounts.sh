#!/usr/bin/env bash
# com.stripe:stripe-java 33.3.0 (ApiResource.GSON, the models of API 2026-07-29.dahlia):
# - An amount with a fraction is cut to a whole number and one above 2^63 wraps to a negative number, both
#   without an error; a word where a boolean belongs is false. So the models cannot check a delivered object.
# - A field that the models do not know is gone after toJson(): to keep an object, keep its text.
# - EventDataObjectDeserializer.getObject() compares only the release's name after the dot: an event of
#   2099-01-01.dahlia is read into today's models, one of 2025-03-31.basil is not.
# Expected before it was run: errors for the first, unknown fields kept, whole versions compared.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
for artifact in com.stripe:stripe-java:33.3.0 com.google.code.gson:gson:2.11.0; do
  mvn -B -q -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact="$artifact" -DoutputDirectory="$work/lib"
done
cat >"$work/Probe.java" <<'JAVA'
import com.stripe.model.*;
import com.stripe.net.ApiResource;

public class Probe {
  static Charge charge(String fields) {
    return ApiResource.GSON.fromJson("{\"id\":\"ch_1\",\"object\":\"charge\"," + fields + "}", Charge.class);
  }

  static boolean deserializes(String version) {
    Event event =
        ApiResource.GSON.fromJson(
            "{\"id\":\"evt_1\",\"object\":\"event\",\"api_version\":\""
                + version
                + "\",\"data\":{\"object\":{\"id\":\"ch_1\",\"object\":\"charge\"}}}",
            Event.class);
    return event.getDataObjectDeserializer().getObject().isPresent();
  }

  public static void main(String[] args) {
    System.out.println("amount 500.5 -> " + charge("\"amount\":500.5").getAmount());
    System.out.println("amount 9223372036854775808 -> " + charge("\"amount\":9223372036854775808").getAmount());
    System.out.println("paid \"yes\" -> " + charge("\"paid\":\"yes\"").getPaid());
    System.out.println("unknown field kept -> " + charge("\"brand_new\":1").toJson().contains("brand_new"));
    for (String version : new String[] {"2026-07-29.dahlia", "2099-01-01.dahlia", "2025-03-31.basil"}) {
      System.out.println("event of " + version + " read -> " + deserializes(version));
    }
  }
}
JAVA
seen="$(java -cp "$work/lib/*" "$work/Probe.java")"
expected='amount 500.5 -> 500
amount 9223372036854775808 -> -9223372036854775808
paid "yes" -> false
unknown field kept -> false
event of 2026-07-29.dahlia read -> true
event of 2099-01-01.dahlia read -> true
event of 2025-03-31.basil read -> false'
echo "$seen"
[[ "$seen" == "$expected" ]] || { echo "no longer as found" >&2; exit 1; }
