#!/usr/bin/env bash
# Beam 2.70.0 (PipelineOptionsFactory): for an option of a primitive type the word null is accepted and means
# false or 0, though "yes", "" and 1 are refused; for an enum option a number is accepted and means the
# constant at that position, though another letter case is refused. A launcher that writes null for a variable
# that is not set (--dryRun=null) therefore starts a real run, and a stored launch command with a number
# changes its meaning when somebody sorts the constants.
# Expected before it was run: both refused with the list of allowed values.
# Consequence: refuse the literal null on the command line; keep choices as strings and check them yourself.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cat >"$work/pom.xml" <<'XML'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.apache.beam</groupId>
      <artifactId>beam-sdks-java-core</artifactId>
      <version>2.70.0</version>
    </dependency>
    <dependency>
      <groupId>org.hamcrest</groupId>
      <artifactId>hamcrest</artifactId>
      <version>2.2</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-nop</artifactId>
      <version>2.0.17</version>
    </dependency>
  </dependencies>
</project>
XML
mvn -B -q -Dstyle.color=never -f "$work/pom.xml" \
  org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory="$work/lib"
cat >"$work/Probe.java" <<'JAVA'
import org.apache.beam.sdk.options.*;

public class Probe {
  public enum Discounts { FOREVER, LIST, BILLED }

  public interface Options extends PipelineOptions {
    boolean getDryRun();
    void setDryRun(boolean value);
    int getCustomers();
    void setCustomers(int value);
    Discounts getDiscounts();
    void setDiscounts(Discounts value);
  }

  public static void main(String[] args) {
    for (String arg :
        new String[] {
          "--dryRun=null", "--dryRun=yes", "--dryRun=1", "--customers=null", "--customers=1e3",
          "--discounts=2", "--discounts=billed"
        }) {
      String answer;
      try {
        Options options = PipelineOptionsFactory.fromArgs(arg).as(Options.class);
        answer =
            arg.startsWith("--dryRun")
                ? "" + options.getDryRun()
                : arg.startsWith("--customers") ? "" + options.getCustomers() : "" + options.getDiscounts();
      } catch (IllegalArgumentException e) {
        answer = "refused";
      }
      System.out.println(arg + " -> " + answer);
    }
  }
}
JAVA
seen="$(java -cp "$work/lib/*" "$work/Probe.java")"
expected="--dryRun=null -> false
--dryRun=yes -> refused
--dryRun=1 -> refused
--customers=null -> 0
--customers=1e3 -> refused
--discounts=2 -> BILLED
--discounts=billed -> refused"
echo "$seen"
[[ "$seen" == "$expected" ]] || { echo "no longer as found" >&2; exit 1; }
