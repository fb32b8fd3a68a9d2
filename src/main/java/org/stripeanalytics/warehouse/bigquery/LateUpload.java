package org.stripeanalytics.warehouse.bigquery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A file that is opened with the first megabyte. An open upload to Cloud Storage keeps a buffer of
 * up to 64 MB, and a bundle has rows of some sixty tables, of which most are small.
 */
final class LateUpload extends OutputStream {
  private static final int HELD_BACK = 1 << 20;

  private final ResourceId file;
  private ByteArrayOutputStream heldBack = new ByteArrayOutputStream();
  private @Nullable OutputStream upload;

  LateUpload(ResourceId file) {
    this.file = file;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (upload == null && heldBack.size() + length > HELD_BACK) {
      open();
    }
    (upload == null ? heldBack : upload).write(bytes, offset, length);
  }

  private OutputStream open() throws IOException {
    OutputStream opened = Channels.newOutputStream(FileSystems.create(file, MimeTypes.BINARY));
    upload = opened;
    heldBack.writeTo(opened);
    heldBack = new ByteArrayOutputStream(0);
    return opened;
  }

  /** Ends the file: it is there from now on. */
  void finish() throws IOException {
    if (upload == null) {
      open();
    }
    close();
  }

  /** Forgets what was not uploaded yet, and ends what was. */
  @Override
  public void close() throws IOException {
    OutputStream ended = upload;
    upload = null;
    heldBack = new ByteArrayOutputStream(0);
    if (ended != null) {
      ended.close();
    }
  }
}
