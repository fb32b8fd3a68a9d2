package org.stripeanalytics.ingestion;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * Puts together what was said of every object, by its table and id. Bounded, in the global window.
 */
final class CollectVersions
    extends PTransform<PCollection<VersionedRow>, PCollection<KV<String, Said>>> {
  private CollectVersions() {}

  static CollectVersions create() {
    return new CollectVersions();
  }

  @Override
  public PCollection<KV<String, Said>> expand(PCollection<VersionedRow> rows) {
    return rows.apply(
            "KeyByObject",
            WithKeys.<String, VersionedRow>of(row -> row.getTable() + ' ' + row.getObject())
                .withKeyType(TypeDescriptors.strings()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RowCoder.of(VersionedRow.class)))
        .apply("Collect", Combine.perKey(new CollectFn()));
  }

  private static final class CollectFn extends Combine.CombineFn<VersionedRow, Said, Said> {

    @Override
    public Said createAccumulator() {
      return new Said();
    }

    @Override
    public Said addInput(Said said, VersionedRow row) {
      said.add(row);
      return said;
    }

    @Override
    public Said mergeAccumulators(Iterable<Said> all) {
      Said merged = new Said();
      all.forEach(merged::addAll);
      return merged;
    }

    @Override
    public Said extractOutput(Said said) {
      return said;
    }

    @Override
    public Coder<Said> getAccumulatorCoder(CoderRegistry registry, Coder<VersionedRow> rowCoder) {
      return new SaidCoder();
    }

    @Override
    public Coder<Said> getDefaultOutputCoder(CoderRegistry registry, Coder<VersionedRow> rowCoder) {
      return new SaidCoder();
    }
  }
}
