package org.stripeanalytics.synthesis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;

/** What can be rebuilt from the events alone. */
class EventReplayTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Entries of the ledger are announced by no event, payments of invoices only once paid. */
  private static final Set<WarehouseTable<?>> UNANNOUNCED =
      Set.of(
          Tables.BALANCE_TRANSACTIONS,
          Tables.INVOICE_PAYMENTS,
          Tables.MARKETING_SPEND,
          Tables.TRUTH_CUSTOMERS);

  private final Map<String, JsonNode> last = new TreeMap<>();
  private final Map<String, JsonNode> replayed = new HashMap<>();

  @ParameterizedTest(name = "48 replaying the events of seed {0} rebuilds the final objects")
  @ValueSource(longs = {1, 2, 3})
  void replayingTheEventsRebuildsTheFinalObjects(long seed) {
    SimulatedObjects.of(
        Simulations.account(seed, 200),
        (table, json) -> {
          JsonNode object = read(json);
          if (table.equals(Tables.EVENTS)) {
            JsonNode told = object.get("data").get("object");
            replayed.put(told.get("id").textValue(), told);
          } else if (!UNANNOUNCED.contains(table)) {
            last.put(object.get("id").textValue(), object);
          }
        });

    last.forEach((id, object) -> assertThat(replayed.get(id), equalTo(object)));
  }

  @ParameterizedTest(name = "49 an update of seed {0} undone is the object before it")
  @ValueSource(longs = {1, 2, 3})
  void anUpdateUndoneIsTheObjectBeforeIt(long seed) {
    SimulatedObjects.of(
        Simulations.account(seed, 200),
        (table, json) -> {
          if (table.equals(Tables.EVENTS)) {
            JsonNode data = read(json).get("data");
            ObjectNode told = (ObjectNode) data.get("object");
            JsonNode before = replayed.put(told.get("id").textValue(), told);
            if (data.has("previous_attributes") && before != null) {
              ObjectNode undone = told.deepCopy();
              undone.setAll((ObjectNode) data.get("previous_attributes"));
              assertThat(json, withoutNulls(undone), is(withoutNulls(before)));
            }
          }
        });
  }

  /** Optional keys that were not there before an update are null in what it replaced. */
  private static JsonNode withoutNulls(JsonNode object) {
    ObjectNode left = object.deepCopy();
    left.properties().removeIf(entry -> entry.getValue().isNull());
    return left;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(json, e);
    }
  }
}
