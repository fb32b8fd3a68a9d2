package org.stripeanalytics.forecast;

import static org.stripeanalytics.contract.Tables.CHURN_RISK;
import static org.stripeanalytics.contract.Tables.MODELS;
import static org.stripeanalytics.contract.Tables.MODEL_EVALUATION;

import com.google.common.collect.ImmutableSet;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.stripeanalytics.model.marts.ChurnRisk;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.RowGenerator;
import org.stripeanalytics.warehouse.RowSink;

/**
 * Fits the models of churn to counts of all months, and loads {@code ops.models}, {@code
 * marts.model_evaluation} and {@code marts.churn_risk}. Input: bounded, in the global window.
 */
public final class PredictChurn
    extends PTransform<PCollection<ObservedMonth>, PCollection<ChurnRisk>> {
  private final LocalDate asOf;
  private final String reportingCurrency;
  private final Publication publication;

  private PredictChurn(LocalDate asOf, String reportingCurrency, Publication publication) {
    this.asOf = asOf;
    this.reportingCurrency = reportingCurrency;
    this.publication = publication;
  }

  /**
   * @param asOf first day of which nothing is known
   * @param reportingCurrency that of MRR, as an ISO code in lower case
   */
  public static PredictChurn of(LocalDate asOf, String reportingCurrency, Publication publication) {
    return new PredictChurn(asOf, reportingCurrency, publication);
  }

  @Override
  public PCollection<ChurnRisk> expand(PCollection<ObservedMonth> months) {
    PCollectionView<Iterable<ScoreCustomer>> scorer =
        months
            .apply("CountOutcomes", CountOutcomes.create())
            .apply(
                "LoadModels",
                publication.loadAll(
                    ImmutableSet.of(MODELS, MODEL_EVALUATION),
                    new Learn(asOf, reportingCurrency),
                    SerializableCoder.of(ScoreCustomer.class)))
            .apply("ShareModels", View.asIterable());
    PCollection<ChurnRisk> risks =
        months
            .apply("ScoreCustomers", ParDo.of(new ScoreFn(scorer)).withSideInputs(scorer))
            .setCoder(RowCoder.of(ChurnRisk.class));
    risks.apply("LoadChurnRisk", publication.load(CHURN_RISK));
    return risks;
  }

  /** Everything that is learned from the counts of the account. */
  private record Learn(LocalDate asOf, String reportingCurrency)
      implements RowGenerator<
          KV<String, Iterable<List<KV<List<String>, OutcomeCounts>>>>, ScoreCustomer> {

    @Override
    public void generate(
        KV<String, Iterable<List<KV<List<String>, OutcomeCounts>>>> account,
        RowSink rows,
        Consumer<ScoreCustomer> aside) {
      List<CountedMonth> counted = CountOutcomes.counted(account.getValue());
      ChurnModels models = ChurnModels.fit(counted, asOf);
      EvaluateModels.Evaluation evaluation = new EvaluateModels(models, counted, asOf).evaluate();
      DescribeModels.rows(models, asOf).forEach(row -> rows.put(MODELS, row));
      evaluation.rows().forEach(row -> rows.put(MODEL_EVALUATION, row));
      aside.accept(new ScoreCustomer(models, evaluation.gates(), reportingCurrency));
    }
  }

  private static final class ScoreFn extends DoFn<ObservedMonth, ChurnRisk> {
    private final PCollectionView<Iterable<ScoreCustomer>> scorer;

    ScoreFn(PCollectionView<Iterable<ScoreCustomer>> scorer) {
      this.scorer = scorer;
    }

    @ProcessElement
    public void score(
        @Element ObservedMonth month, ProcessContext context, OutputReceiver<ChurnRisk> output) {
      for (ScoreCustomer models : context.sideInput(scorer)) {
        models.score(month).ifPresent(output::output);
      }
    }
  }
}
