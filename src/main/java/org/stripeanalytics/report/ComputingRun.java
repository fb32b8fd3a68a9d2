package org.stripeanalytics.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * The newest run that published MRR, as the run log has it.
 *
 * @param id its run id
 * @param codeVersion the version of the program
 * @param runner the engine
 * @param finishedAt when it was done
 * @param policies the choices on which definitions differ, in the order of {@link #POLICIES}
 */
public record ComputingRun(
    String id,
    String codeVersion,
    String runner,
    Instant finishedAt,
    ImmutableList<Policy> policies) {

  /** One choice: the option's name and the value it had. */
  public record Policy(String name, String value) {}

  /** The options that change what a figure means. */
  public static final ImmutableList<String> POLICIES =
      ImmutableList.of(
          "mrrDiscounts",
          "churnAt",
          "includePastDue",
          "grossMargin",
          "reportingZone",
          "reportingCurrency",
          "newDays",
          "onboardingDays",
          "championMonths");

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String NEWEST =
      """
      SELECT _run_id, code_version, runner, finished_at, options
      FROM ops.run_log
      WHERE outcome = 'succeeded' AND table_name = 'marts.mrr_monthly'
      ORDER BY finished_at DESC LIMIT 1
      """;

  static Optional<ComputingRun> newest(Warehouse warehouse) {
    return Reading.of(warehouse, NEWEST).rows().stream()
        .findFirst()
        .map(
            row ->
                new ComputingRun(
                    (String) row.get(0),
                    (String) row.get(1),
                    (String) row.get(2),
                    (Instant) row.get(3),
                    policies((String) row.get(4))));
  }

  Optional<String> policy(String name) {
    return policies.stream().filter(p -> p.name().equals(name)).map(Policy::value).findFirst();
  }

  private static ImmutableList<Policy> policies(String options) {
    try {
      JsonNode given = JSON.readTree(options);
      List<Policy> policies = new ArrayList<>();
      for (String name : POLICIES) {
        if (given.hasNonNull(name)) {
          policies.add(new Policy(name, given.get(name).asText()));
        }
      }
      return ImmutableList.copyOf(policies);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("options in ops.run_log are no JSON: " + options, e);
    }
  }
}
