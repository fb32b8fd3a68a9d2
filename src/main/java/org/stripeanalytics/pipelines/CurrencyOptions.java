package org.stripeanalytics.pipelines;

import java.util.List;
import java.util.TreeSet;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.seeds.FxRate;
import org.stripeanalytics.warehouse.SeedFile;

/** The currency of a warehouse's figures. */
public interface CurrencyOptions extends PipelineOptions {
  @TemplateParameter(
      label = "Reporting currency",
      group = TemplateParameter.Group.DEFINITIONS,
      regex = "^[a-z]{3}$",
      example = "eur")
  @Description(
      "The currency of all amounts but the ledger's, in lower case; one with a rate in"
          + " seeds.fx_rates.")
  @Default.String("usd")
  String getReportingCurrency();

  void setReportingCurrency(String value);

  /** Adds what is wrong with these options to {@code faults}. */
  static void check(CurrencyOptions options, List<String> faults) {
    TreeSet<String> currencies = new TreeSet<>();
    SeedFile.of(Tables.FX_RATES).rows().stream().map(FxRate::getCurrency).forEach(currencies::add);
    if (!currencies.contains(options.getReportingCurrency())) {
      faults.add(
          "--reportingCurrency="
              + options.getReportingCurrency()
              + " has no rate in seeds.fx_rates; allowed are "
              + String.join(", ", currencies));
    }
  }
}
