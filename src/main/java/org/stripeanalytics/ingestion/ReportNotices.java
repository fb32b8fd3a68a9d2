package org.stripeanalytics.ingestion;

import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns once of each thing that was noticed and not settled. Input: bounded, in the global window.
 * Output: the sentences.
 */
public final class ReportNotices extends PTransform<PCollection<Notice>, PCollection<String>> {
  private ReportNotices() {}

  public static ReportNotices create() {
    return new ReportNotices();
  }

  @Override
  public PCollection<String> expand(PCollection<Notice> notices) {
    return notices
        .apply(
            "KeyBySubject",
            WithKeys.<String, Notice>of(Notice::getSubject).withKeyType(TypeDescriptors.strings()))
        .apply("AddUp", Combine.perKey(ReportNotices::sum))
        .apply("Warn", ParDo.of(new WarnFn()));
  }

  private static Notice sum(Iterable<Notice> notices) {
    Notice sum = null;
    for (Notice notice : notices) {
      sum = sum == null ? notice : sum.and(notice);
    }
    return sum;
  }

  private static final class WarnFn extends DoFn<KV<String, Notice>, String> {
    private static final Logger LOG = LoggerFactory.getLogger(ReportNotices.class);

    @ProcessElement
    public void warn(@Element KV<String, Notice> notice, OutputReceiver<String> output) {
      if (!notice.getValue().getSettled()) {
        String sentence = notice.getValue().sentence();
        LOG.warn(sentence);
        output.output(sentence);
      }
    }
  }
}
