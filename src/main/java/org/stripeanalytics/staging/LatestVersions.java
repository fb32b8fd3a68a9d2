package org.stripeanalytics.staging;

import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.stripeanalytics.model.schema.RowCodec;

/**
 * Of several versions of each object the newest: by {@code _changed_at}, then by {@code
 * _snapshot_date}. Input: bounded, rows of a raw table or of a projection of one that has these
 * columns. Output: one row per key, in the input's windows.
 */
public final class LatestVersions<T> extends PTransform<PCollection<T>, PCollection<T>> {
  private final Class<T> rowClass;
  private final SerializableFunction<T, String> key;

  private LatestVersions(Class<T> rowClass, SerializableFunction<T, String> key) {
    this.rowClass = rowClass;
    this.key = key;
  }

  /**
   * @param key what is the same in all versions of one object
   */
  public static <T> LatestVersions<T> of(Class<T> rowClass, SerializableFunction<T, String> key) {
    return new LatestVersions<>(rowClass, key);
  }

  /** The same of a list, without a pipeline. */
  public List<T> among(List<T> versions) {
    ListMultimap<String, T> byObject = MultimapBuilder.linkedHashKeys().arrayListValues().build();
    versions.forEach(version -> byObject.put(key.apply(version), version));
    NewerFn<T> newer = new NewerFn<>(rowClass);
    return byObject.asMap().values().stream().map(newer::apply).toList();
  }

  @Override
  public PCollection<T> expand(PCollection<T> versions) {
    return versions
        .apply("KeyByObject", WithKeys.of(key).withKeyType(TypeDescriptors.strings()))
        .apply("KeepTimestamps", KeepTimestamps.create())
        .apply("GroupVersions", GroupByKey.create())
        .apply("KeepNewest", ParDo.of(new KeepNewestFn<>(new NewerFn<>(rowClass))))
        .setCoder(versions.getCoder());
  }

  private static final class KeepNewestFn<T> extends DoFn<KV<String, Iterable<T>>, T> {
    private final NewerFn<T> newer;

    KeepNewestFn(NewerFn<T> newer) {
      this.newer = newer;
    }

    @ProcessElement
    public void keep(@Element KV<String, Iterable<T>> versions, OutputReceiver<T> output) {
      output.output(newer.apply(versions.getValue()));
    }
  }

  private static final class NewerFn<T> implements SerializableFunction<Iterable<T>, T> {
    private final Class<T> rowClass;
    private transient RowCodec<T> codec;

    NewerFn(Class<T> rowClass) {
      this.rowClass = rowClass;
    }

    @Override
    public T apply(Iterable<T> versions) {
      T newest = null;
      for (T version : versions) {
        if (newest == null || isNewer(version, newest)) {
          newest = version;
        }
      }
      return newest;
    }

    private boolean isNewer(T a, T b) {
      int order = Long.compare(value(a, "_changed_at"), value(b, "_changed_at"));
      if (order == 0) {
        order = Long.compare(value(a, "_snapshot_date"), value(b, "_snapshot_date"));
      }
      return order > 0;
    }

    private long value(T row, String column) {
      if (codec == null) {
        codec = RowCodec.of(rowClass);
      }
      return (Long) codec.get(row, codec.schema().indexOf(column));
    }
  }
}
