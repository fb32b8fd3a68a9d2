package org.stripeanalytics.synthesis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;

/** Holds every object that is simulated against Stripe's own schema, in its strict form. */
class StripeSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectNode SCHEMA = schema();

  private final Map<String, JsonSchema> byType = new HashMap<>();
  private final Map<String, String> faults = new TreeMap<>();
  private final Set<String> types = new TreeSet<>();

  @Test
  void everyObjectAndEveryEventOfAThousandCustomersIsValid() {
    SimulatedObjects.of(Simulations.everything(), this::check);

    assertThat(faults.entrySet(), empty());
    assertThat(
        types,
        containsInAnyOrder(
            "balance_transaction",
            "charge",
            "coupon",
            "customer",
            "discount",
            "dispute",
            "event",
            "invoice",
            "invoice_payment",
            "payment_intent",
            "payment_method",
            "payout",
            "price",
            "product",
            "refund",
            "subscription"));
  }

  @Test
  void theSchemaMissesANullableKeyAndRefusesAnUnknownOne() {
    SimulatedObjects.of(
        Simulations.account(1, 1),
        (table, json) -> {
          if (table.equals(Tables.CUSTOMERS)) {
            ObjectNode customer = (ObjectNode) read(json);
            validate(customer.deepCopy().without(List.of("description")));
            validate(customer.deepCopy().put("surprise", 1));
          }
        });

    assertThat(faults.values(), hasSize(2));
  }

  private void check(WarehouseTable<?> table, String json) {
    if (table.equals(Tables.MARKETING_SPEND) || table.equals(Tables.TRUTH_CUSTOMERS)) {
      return;
    }
    JsonNode object = read(json);
    validate(object);
    types.add(object.get("object").textValue());
    if (table.equals(Tables.EVENTS)) {
      validate(object.get("data").get("object"));
    }
  }

  private void validate(JsonNode object) {
    String type = object.get("object").textValue();
    for (ValidationMessage fault :
        byType.computeIfAbsent(type, StripeSchemaTest::schemaOf).validate(object)) {
      faults.putIfAbsent(type + " " + fault.getEvaluationPath(), fault.getMessage());
    }
  }

  private static JsonSchema schemaOf(String type) {
    ObjectNode schema = SCHEMA.deepCopy();
    // Its own name is no URI, which the validator wants.
    schema.remove("$id");
    schema.put("$ref", "#/$defs/" + type);
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
  }

  private static ObjectNode schema() {
    try (InputStream file =
        StripeSchemaTest.class.getResourceAsStream("/stripe/objects.schema.json")) {
      return (ObjectNode) JSON.readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(json, e);
    }
  }
}
