package org.stripeanalytics.quality;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.stripeanalytics.model.ops.QualityResult;

/**
 * Fails the run with a list of the data tests of severity {@code error} that failed, once the
 * results are safe.
 */
public final class FailOnErrors extends PTransform<PCollection<QualityResult>, PDone> {
  private final PCollection<?> stored;

  private FailOnErrors(PCollection<?> stored) {
    this.stored = stored;
  }

  /**
   * @param stored complete when the results are where people can look them up
   */
  public static FailOnErrors after(PCollection<?> stored) {
    return new FailOnErrors(stored);
  }

  @Override
  public PDone expand(PCollection<QualityResult> results) {
    results
        .apply("KeepErrors", Filter.by(FailOnErrors::isError))
        .apply("WaitUntilStored", Wait.on(stored))
        .apply("Together", WithKeys.of(""))
        .apply("List", GroupByKey.create())
        .apply("Fail", ParDo.of(new FailFn()));
    return PDone.in(results.getPipeline());
  }

  private static boolean isError(QualityResult result) {
    return !result.getPassed() && result.getSeverity().equals("error");
  }

  private static final class FailFn extends DoFn<KV<String, Iterable<QualityResult>>, Void> {
    @ProcessElement
    public void processElement(@Element KV<String, Iterable<QualityResult>> errors) {
      throw DataTestsFailed.with(errors.getValue());
    }
  }
}
