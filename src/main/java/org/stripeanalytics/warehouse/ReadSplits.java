package org.stripeanalytics.warehouse;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads several tables in one step: lists the splits of all of them, spreads the splits, and reads
 * each. Nothing is asked of the warehouse before the pipeline runs, and no more splits are open at
 * a time than the step has threads.
 */
public final class ReadSplits<E> extends PTransform<PBegin, PCollection<E>> implements UsesTables {
  private final SplitReader reader;
  private final ImmutableList<MappedRead<?, E>> reads;
  private final Coder<E> coder;

  /** Reads a part of a table, and counts its rows by {@link RowMeter#READ}. Travels to workers. */
  public interface SplitReader extends Serializable {
    /** Into how many splits each of these is best divided; 0 where there is nothing to read. */
    List<Integer> splits(List<TableRead<?>> reads) throws IOException;

    <T> void read(TableRead<T> read, int split, int splits, Consumer<T> rows) throws IOException;
  }

  public ReadSplits(SplitReader reader, ImmutableList<MappedRead<?, E>> reads, Coder<E> coder) {
    this.reader = reader;
    this.reads = reads;
    this.coder = coder;
  }

  @Override
  public List<TableRead<?>> tableReads() {
    return reads.stream().<TableRead<?>>map(MappedRead::read).toList();
  }

  @Override
  public PCollection<E> expand(PBegin begin) {
    return begin
        .apply("Begin", Impulse.create())
        .apply("ListSplits", ParDo.of(new ListSplitsFn(reader, ImmutableList.copyOf(tableReads()))))
        .setCoder(
            KvCoder.of(
                VarIntCoder.of(),
                KvCoder.of(VarIntCoder.of(), KvCoder.of(VarIntCoder.of(), VarIntCoder.of()))))
        .apply(
            "KeepTimestamps",
            Window.<KV<Integer, KV<Integer, KV<Integer, Integer>>>>into(new GlobalWindows())
                .withTimestampCombiner(TimestampCombiner.EARLIEST))
        .apply("SpreadSplits", GroupByKey.create())
        .apply("ReadSplits", ParDo.of(new ReadSplitsFn<>(reader, reads)))
        .setCoder(coder);
  }

  /** Emits, under a key of its own, the number of each read, and a split of how many. */
  private static final class ListSplitsFn
      extends DoFn<byte[], KV<Integer, KV<Integer, KV<Integer, Integer>>>> {
    private final SplitReader reader;
    private final ImmutableList<TableRead<?>> reads;

    ListSplitsFn(SplitReader reader, ImmutableList<TableRead<?>> reads) {
      this.reader = reader;
      this.reads = reads;
    }

    @ProcessElement
    public void list(OutputReceiver<KV<Integer, KV<Integer, KV<Integer, Integer>>>> output)
        throws IOException {
      int key = 0;
      List<Integer> splits = reader.splits(reads);
      for (int read = 0; read < reads.size(); read++) {
        for (int split = 0; split < splits.get(read); split++) {
          output.output(KV.of(key++, KV.of(read, KV.of(split, splits.get(read)))));
        }
      }
    }
  }

  private static final class ReadSplitsFn<E>
      extends DoFn<KV<Integer, Iterable<KV<Integer, KV<Integer, Integer>>>>, E> {
    private final SplitReader reader;
    private final ImmutableList<MappedRead<?, E>> reads;

    ReadSplitsFn(SplitReader reader, ImmutableList<MappedRead<?, E>> reads) {
      this.reader = reader;
      this.reads = reads;
    }

    @ProcessElement
    public void read(
        @Element KV<Integer, Iterable<KV<Integer, KV<Integer, Integer>>>> splits,
        OutputReceiver<E> output)
        throws IOException {
      for (KV<Integer, KV<Integer, Integer>> split : splits.getValue()) {
        read(reads.get(split.getKey()), split.getValue(), output);
      }
    }

    private <T> void read(
        MappedRead<T, E> mapped, KV<Integer, Integer> split, OutputReceiver<E> output)
        throws IOException {
      reader.read(
          mapped.read(),
          split.getKey(),
          split.getValue(),
          row -> mapped.toElement().apply(row).ifPresent(output::output));
    }
  }
}
