package org.stripeanalytics.pipelines;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.DefaultValueFactory;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.synthesis.Faults;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.profile.Profile;
import org.stripeanalytics.synthesis.profile.ProfileReader;

/** Options of {@link Synthesize}. */
public interface SynthesizeOptions
    extends HistoryOptions, IntervalOptions, WarehouseOptions, RunOptions {
  int DEFAULT_CUSTOMERS = 10_000;
  int MOST_CUSTOMERS = 100_000_000;

  @TemplateParameter(
      label = "Customers",
      group = TemplateParameter.Group.ACCOUNT,
      regex = "^[1-9][0-9]{0,8}$",
      example = "500")
  @Description(
      "Customers who sign up in the five years from --start. An earlier --end shows fewer of them.")
  @Default.Integer(DEFAULT_CUSTOMERS)
  int getCustomers();

  void setCustomers(int value);

  @TemplateParameter(label = "Seed", group = TemplateParameter.Group.ACCOUNT, example = "1")
  @Description("The same seed gives the same account, row for row.")
  @Default.Long(1)
  long getSeed();

  void setSeed(long value);

  @TemplateParameter(
      label = "Profile",
      group = TemplateParameter.Group.ACCOUNT,
      kind = TemplateParameter.Kind.GCS_READ_FILE,
      regex = "^[^\\n\\r]+$",
      example = "gs://stripe-analytics-dev/profiles/account.yaml")
  @Description(
      "A YAML file with what differs from the default profile of the account. Default: nothing.")
  @Nullable String getProfile();

  void setProfile(@Nullable String value);

  @TemplateParameter(
      label = "Directory for files",
      group = TemplateParameter.Group.DATA,
      kind = TemplateParameter.Kind.GCS_WRITE_FOLDER,
      regex = "^[^\\n\\r]+$",
      example = "gs://stripe-analytics-dev/synthetic")
  @Description(
      "A directory for Stripe's JSON, DIR/<object>/part-*, instead of the raw tables. Files that an"
          + " earlier run has left there are replaced. Default: none.")
  @Nullable String getOutput();

  void setOutput(@Nullable String value);

  @TemplateParameter(
      label = "Format of the files",
      group = TemplateParameter.Group.DATA,
      allowed = {"ndjson", "ndjson.gz"},
      example = "ndjson.gz")
  @Description("How files are written: ndjson or ndjson.gz.")
  @Default.String("ndjson")
  String getFormat();

  void setFormat(String value);

  @TemplateParameter(
      label = "Events in the files",
      group = TemplateParameter.Group.DATA,
      example = "true")
  @Description("Writes events to --output too. Raw tables always have them.")
  boolean getEvents();

  void setEvents(boolean value);

  @TemplateParameter(
      label = "Faults of delivery",
      group = TemplateParameter.Group.DATA,
      regex = "^[a-z_]+:[0-9.]+(,[a-z_]+:[0-9.]+)*$",
      example = "late:0.01,duplicate:0.01")
  @Description(
      "Disturbs the delivery of --events, as in"
          + " late:0.01,duplicate:0.01,out_of_order:0.02,malformed:0.001. Default: nothing.")
  @Nullable String getFaults();

  void setFaults(@Nullable String value);

  @TemplateParameter(
      label = "Truth of the simulation",
      group = TemplateParameter.Group.ACCOUNT,
      example = "true")
  @Description(
      "Also writes what the simulation knows of each customer, to score metrics and models"
          + " against.")
  boolean getTruth();

  void setTruth(boolean value);

  @TemplateParameter(
      label = "Other sources",
      group = TemplateParameter.Group.ACCOUNT,
      allowed = {"all", "none"},
      example = "none")
  @Description(
      "Whether CRM, support and website are simulated too, into raw tables only: all or none."
          + " Default: all for a whole history, and none for a part of it, because whoever is going"
          + " to sign up after its end has visited the website before.")
  @Default.InstanceFactory(SourcesOfWhole.class)
  String getSources();

  void setSources(String value);

  /**
   * The default profile, with what the file changes.
   *
   * @throws BadInput when the file cannot be read or is no profile
   */
  static Profile profile(SynthesizeOptions options) {
    String file = options.getProfile();
    if (file == null) {
      return ProfileReader.defaults();
    }
    FileSystems.setDefaultPipelineOptions(options);
    try (InputStream yaml =
        Channels.newInputStream(
            FileSystems.open(FileSystems.matchSingleFileSpec(file).resourceId()))) {
      return ProfileReader.overriding(new String(yaml.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new BadInput(
          "--profile=" + file + " cannot be read; allowed is the path of a YAML file");
    } catch (IllegalArgumentException e) {
      throw new BadInput("--profile=" + file + ": " + e.getMessage());
    }
  }

  /** The account that is simulated. */
  static SimulatedAccount account(SynthesizeOptions options) {
    return new SimulatedAccount(
        profile(options),
        options.getSeed(),
        options.getCustomers(),
        HistoryOptions.start(options),
        HistoryOptions.end(options),
        WarehouseOptions.reportingZone(options));
  }

  static Faults faults(SynthesizeOptions options) {
    return options.getFaults() == null ? Faults.NONE : Faults.parse(options.getFaults());
  }

  private static void checkOutput(SynthesizeOptions options, List<String> faults) {
    if (options.getOutput() == null && options.getEvents()) {
      faults.add("--events needs --output; raw tables always have the events");
    }
    if (options.getFaults() == null) {
      return;
    }
    if (!options.getEvents()) {
      faults.add("--faults disturbs the delivery of events; it needs --output and --events");
    }
    try {
      faults(options);
    } catch (IllegalArgumentException e) {
      faults.add("--faults=" + options.getFaults() + ": " + e.getMessage());
    }
  }

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(SynthesizeOptions options, List<String> faults) {
    WarehouseOptions.check(options, faults);
    RunOptions.check(options, faults);
    List<String> history = new ArrayList<>();
    HistoryOptions.check(options, history);
    faults.addAll(history);
    // By default the interval is the history, so its faults would only be said twice.
    if (history.isEmpty()) {
      IntervalOptions.check(options, faults);
    }
    if (options.getCustomers() < 1 || options.getCustomers() > MOST_CUSTOMERS) {
      faults.add(
          "--customers=%d is out of range; allowed are 1 to %d"
              .formatted(options.getCustomers(), MOST_CUSTOMERS));
    }
    if (faults.isEmpty() && options.getSources().equals("all") && !isWhole(options)) {
      faults.add(
          "--sources=all cannot be simulated for a part of a history; allowed is none, or"
              + " --from=%s --to=%s".formatted(options.getStart(), options.getEnd()));
    }
    checkOutput(options, faults);
    try {
      profile(options);
    } catch (BadInput e) {
      faults.addAll(e.faults());
    }
  }

  private static boolean isWhole(SynthesizeOptions options) {
    return options.getFrom().equals(options.getStart()) && options.getTo().equals(options.getEnd());
  }

  /** Only what is whole has all that other sources know. */
  final class SourcesOfWhole implements DefaultValueFactory<String> {
    @Override
    public String create(PipelineOptions options) {
      return isWhole(OptionsView.of(options, SynthesizeOptions.class)) ? "all" : "none";
    }
  }
}
