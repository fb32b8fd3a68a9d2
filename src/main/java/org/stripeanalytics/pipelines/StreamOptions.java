package org.stripeanalytics.pipelines;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.streaming.ComputeLiveMarts;

/** Options of {@link Stream}. */
public interface StreamOptions extends PolicyOptions, RunOptions {
  /** The name of the one pipeline whose runs do not end. */
  String PIPELINE = "stream";

  /** What Beam takes, which is a little less than what Pub/Sub does. */
  String SUBSCRIPTION =
      "projects/[a-z][-a-z0-9:.]{4,61}[a-z0-9]/subscriptions/[A-Za-z][A-Za-z0-9._~%+-]{2,254}";

  @TemplateParameter(
      label = "Subscription",
      group = TemplateParameter.Group.DATA,
      kind = TemplateParameter.Kind.PUBSUB_SUBSCRIPTION,
      regex = "^" + SUBSCRIPTION + "$",
      example = "projects/stripe-analytics-dev/subscriptions/stripe-events-stream",
      required = true)
  @Description(
      "The Pub/Sub subscription that brings what scripts/webhooks publishes, as in"
          + " projects/PROJECT/subscriptions/SUBSCRIPTION. No other job may read it.")
  @Nullable String getSubscription();

  void setSubscription(@Nullable String value);

  @TemplateParameter(
      label = "First open month",
      group = TemplateParameter.Group.DATA,
      regex = Dates.REGEX,
      example = "2026-01-01")
  @Description(
      "First day of the first month that is followed; everything before it is taken from the"
          + " warehouse. Default: the month of the start, or the one before in its first three days.")
  @Nullable String getSince();

  void setSince(@Nullable String value);

  @TemplateParameter(
      label = "Seconds between two states",
      group = TemplateParameter.Group.RUN,
      regex = "^[1-9][0-9]{0,3}$",
      example = "60")
  @Description("How many seconds changes are gathered before a row is written again, 1 to 3600.")
  @Default.Integer(60)
  int getEverySeconds();

  void setEverySeconds(int value);

  int MOST_SECONDS = 3600;

  /** First of the first open month. */
  static LocalDate month(StreamOptions options) {
    return since(options)
        .orElseGet(() -> today(options).minusDays(ComputeLiveMarts.LATE_DAYS))
        .withDayOfMonth(1);
  }

  /** First day that is not folded before something of it comes. */
  static LocalDate asOf(StreamOptions options) {
    return since(options).orElseGet(() -> today(options)).plusDays(1);
  }

  private static Optional<LocalDate> since(StreamOptions options) {
    return Optional.ofNullable(options.getSince()).map(LocalDate::parse);
  }

  private static LocalDate today(StreamOptions options) {
    ZoneId zone = WarehouseOptions.reportingZone(options);
    return LocalDate.ofInstant(RunOptions.ingestedAt(options), zone);
  }

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(StreamOptions options, List<String> faults) {
    PolicyOptions.check(options, faults);
    if (faults.isEmpty()
        && WarehouseLocation.parse(options.getWarehouse()) instanceof WarehouseLocation.DuckDb) {
      faults.add(
          "--warehouse=%s cannot be streamed into, because a DuckDB file has one writer at a time;"
                  .formatted(options.getWarehouse())
              + " give bigquery:PROJECT or postgresql://…, or use run-local --follow");
    }
    RunOptions.check(options, faults);
    if (options.getSubscription() == null) {
      faults.add(
          "--subscription is missing; give it as in projects/PROJECT/subscriptions/SUBSCRIPTION");
    } else if (!Pattern.matches(SUBSCRIPTION, options.getSubscription())) {
      faults.add(
          "--subscription=%s cannot be used; give projects/PROJECT/subscriptions/SUBSCRIPTION"
              .formatted(options.getSubscription()));
    }
    if (options.getSince() != null) {
      Dates.check("since", options.getSince(), faults)
          .filter(day -> day.getDayOfMonth() != 1)
          .ifPresent(
              day ->
                  faults.add(
                      "--since=%s is not the first of a month; give one such as %s"
                          .formatted(day, day.withDayOfMonth(1))));
    }
    if (options.getEverySeconds() < 1 || options.getEverySeconds() > MOST_SECONDS) {
      faults.add(
          "--everySeconds=%d is out of range; allowed are 1 to %d"
              .formatted(options.getEverySeconds(), MOST_SECONDS));
    }
  }
}
