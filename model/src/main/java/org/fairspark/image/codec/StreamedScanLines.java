package org.fairspark.image.codec;

import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates a few lines at a time by the JDK's zlib, in memory that does not grow with the image.
 */
final class StreamedScanLines implements ScanLines {
  private final byte[] file;
  private final List<int[]> chunks;
  private final Inflater inflater = new Inflater();
  private byte[] bytes = new byte[0];
  private int stride;
  private int lines;
  private int nextChunk;

  /**
   * @param chunks start and length of each piece of the compressed data in the file
   */
  StreamedScanLines(byte[] file, List<int[]> chunks) {
    this.file = file;
    this.chunks = chunks;
  }

  @Override
  public void beginPass(int stride) {
    this.stride = stride;
    lines = 0;
    bytes = new byte[stride + Math.max(stride, BATCH_BYTES)];
  }

  @Override
  public int next(int lines) throws DataFormatException, UndecodableImageException {
    System.arraycopy(bytes, this.lines * stride, bytes, 0, stride);
    int length = lines * stride;
    int done = 0;
    while (done < length) {
      int n = inflater.inflate(bytes, stride + done, length - done);
      done += n;
      if (n == 0 && (inflater.finished() || inflater.needsDictionary() || !feed())) {
        throw UndecodableImageException.corrupt("the PNG's compressed data end before its pixels");
      }
    }
    this.lines = lines;
    return stride;
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  private boolean feed() {
    if (nextChunk == chunks.size()) {
      return false;
    }
    int[] chunk = chunks.get(nextChunk++);
    inflater.setInput(file, chunk[0], chunk[1]);
    return true;
  }

  @Override
  public void checkEnd() throws DataFormatException {
    byte[] rest = new byte[64];
    while (!inflater.finished()) {
      if (inflater.inflate(rest) == 0 && !inflater.finished() && !feed()) {
        return;
      }
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
