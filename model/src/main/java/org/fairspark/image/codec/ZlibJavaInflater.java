package org.fairspark.image.codec;

import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The JDK's zlib: inflates a few lines at a time, in memory that does not grow with the image. It
 * works everywhere, and says what is wrong with broken data.
 */
final class ZlibJavaInflater implements ZlibInflater {
  @Override
  public ScanLines scanLines(byte[] file, List<Span> pieces, int longestLine, long length) {
    return new Streamed(file, pieces);
  }

  private static final class Streamed implements ScanLines {
    private final byte[] file;
    private final List<Span> pieces;
    private final Inflater inflater = new Inflater();
    private byte[] bytes = new byte[0];
    private int stride;
    private int lines;
    private int nextPiece;

    Streamed(byte[] file, List<Span> pieces) {
      this.file = file;
      this.pieces = pieces;
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
          throw UndecodableImageException.corrupt(
              "the PNG's compressed data end before its pixels");
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
      if (nextPiece == pieces.size()) {
        return false;
      }
      Span piece = pieces.get(nextPiece++);
      inflater.setInput(file, piece.start(), piece.length());
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
}
