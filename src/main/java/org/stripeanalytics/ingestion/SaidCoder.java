package org.stripeanalytics.ingestion;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.util.VarInt;
import org.stripeanalytics.model.schema.RowCoder;

/** How {@link Said} travels: the number of all, then those that are kept. */
final class SaidCoder extends CustomCoder<Said> {
  private static final Coder<List<VersionedRow>> ROWS =
      ListCoder.of(RowCoder.of(VersionedRow.class));

  @Override
  public void encode(Said said, OutputStream out) throws IOException {
    VarInt.encode(said.count(), out);
    ROWS.encode(said.kept(), out);
  }

  @Override
  public Said decode(InputStream in) throws IOException {
    long count = VarInt.decodeLong(in);
    return Said.of(ROWS.decode(in), count);
  }
}
