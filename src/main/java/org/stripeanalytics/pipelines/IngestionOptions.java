package org.stripeanalytics.pipelines;

import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.ingestion.IngestRecords;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.Warehouse;

/** What ingesting has in common, whether from files or of rejected records. */
public interface IngestionOptions extends RejectionOptions {
  @TemplateParameter(
      label = "Day of the extract",
      group = TemplateParameter.Group.DATA,
      regex = Dates.REGEX,
      example = "2026-01-31")
  @Description(
      "The day at whose end plain objects are in the state that was exported, as in 2026-01-31."
          + " Needed for objects that are no events.")
  @Nullable String getExtractedOn();

  void setExtractedOn(@Nullable String value);

  @TemplateParameter(
      label = "Connected account",
      group = TemplateParameter.Group.DATA,
      regex = "^acct_[A-Za-z0-9]+$",
      example = "acct_1A2b3C4d5E6f7G8h")
  @Description(
      "The connected account whose objects are ingested, such as acct_1A2b3C4d5E6f7G8h. Events of"
          + " other accounts are kept in raw.events only. Without it: the platform's own objects,"
          + " whose events name no account.")
  @Nullable String getAccount();

  void setAccount(@Nullable String value);

  /** The step that makes rows of what was delivered, and loads them. */
  static IngestRecords records(
      IngestionOptions options, RejectingRun run, Warehouse warehouse, Publication publication) {
    return IngestRecords.of(WarehouseOptions.reportingZone(options), run, publication)
        .withAccount(options.getAccount())
        .withEarlierStatesIn(warehouse);
  }

  /** The day, if one was given. */
  static @Nullable LocalDate extractedOn(IngestionOptions options) {
    return options.getExtractedOn() == null ? null : LocalDate.parse(options.getExtractedOn());
  }

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(IngestionOptions options, List<String> faults) {
    RejectionOptions.check(options, faults);
    if (options.getExtractedOn() != null) {
      Dates.check("extractedOn", options.getExtractedOn(), faults);
    }
    if (options.getAccount() != null && !options.getAccount().matches("acct_[A-Za-z0-9]+")) {
      faults.add(
          "--account="
              + options.getAccount()
              + " is no account; give the id of a connected one, such as acct_1A2b3C4d5E6f7G8h");
    }
  }
}
