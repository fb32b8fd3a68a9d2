package org.stripeanalytics.synthesis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.json.JsonBytes;

class EventDeliveryTest {
  private static final List<String> EVENTS =
      IntStream.range(1000, 3000).mapToObj(i -> "{\"id\":\"evt_" + i + "\"}").toList();

  @Test
  void withoutFaultsEventsArriveAsTheyHappened() {
    assertThat(delivered(Faults.NONE), equalTo(EVENTS));
  }

  /** Invariant 54. */
  @ParameterizedTest(name = "54 the events of {0} are those of the clean stream, once each")
  @ValueSource(strings = {"late:0.2", "duplicate:0.2", "out_of_order:0.2"})
  void faultsTouchOnlyTheDelivery(String faults) {
    List<String> arrived = delivered(Faults.parse(faults));

    assertThat(arrived, not(equalTo(EVENTS)));
    assertThat(new TreeSet<>(arrived), equalTo(new TreeSet<>(EVENTS)));
  }

  @Test
  void aLateEventComesBehindAllOthers() {
    List<String> arrived = delivered(Faults.parse("late:0.1"));

    assertThat(arrived.size(), is(EVENTS.size()));
    List<String> late = arrived.subList((int) (EVENTS.size() * 0.93), EVENTS.size());
    assertThat(late, equalTo(late.stream().sorted().toList()));
    assertThat(EVENTS.indexOf(late.get(0)), not(is((int) (EVENTS.size() * 0.93))));
  }

  @Test
  void aDuplicateIsTheSameEventAgain() {
    List<String> arrived = delivered(Faults.parse("duplicate:0.1"));

    assertThat(arrived.size(), greaterThan(EVENTS.size()));
    assertThat(new ArrayList<>(new LinkedHashSet<>(arrived)), equalTo(EVENTS));
  }

  @Test
  void aMalformedEventIsDeliveredWholeAfterwards() {
    List<String> arrived = delivered(Faults.parse("malformed:0.1"));

    assertThat(arrived.size(), greaterThan(EVENTS.size()));
    assertThat(arrived.stream().filter(line -> line.endsWith("}")).toList(), equalTo(EVENTS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"early:0.1", "late", "late:2", "late:some"})
  void whatIsNoFaultIsRefused(String faults) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Faults.parse(faults));
    assertThat(refused.getMessage(), containsString(faults));
  }

  private static List<String> delivered(Faults faults) {
    List<String> arrived = new ArrayList<>();
    EventDelivery delivery =
        new EventDelivery(faults, RandomStream.of(1), event -> arrived.add(event.toString()));
    EVENTS.forEach(event -> delivery.deliver(event, new JsonBytes().raw(event)));
    delivery.finish();
    return arrived;
  }
}
