package org.stripeanalytics.marts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/**
 * The customers of a segment value whose first day with MRR fell into one month.
 *
 * @param cohortMonth its first day
 */
record CohortKey(SegmentKey segment, LocalDate cohortMonth) implements Serializable {

  /** A segment value and a day. */
  static final class CohortKeyCoder extends AtomicCoder<CohortKey> {
    static CohortKeyCoder of() {
      return new CohortKeyCoder();
    }

    @Override
    public void encode(CohortKey key, OutputStream out) throws IOException {
      SegmentKey.SegmentKeyCoder.of().encode(key.segment(), out);
      VarInt.encode(key.cohortMonth().toEpochDay(), out);
    }

    @Override
    public CohortKey decode(InputStream in) throws IOException {
      return new CohortKey(
          SegmentKey.SegmentKeyCoder.of().decode(in), LocalDate.ofEpochDay(VarInt.decodeLong(in)));
    }
  }
}
