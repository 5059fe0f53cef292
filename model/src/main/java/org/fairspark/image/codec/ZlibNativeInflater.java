package org.fairspark.image.codec;

import com.intel.gkl.compression.IntelInflater;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.Adler32;

/**
 * ISA-L, which inflates all lines in one call, three times as fast as zlib; inflating is half of
 * decoding a PNG. Intel's Genomics Kernel Library brings a build for Linux and macOS on x86-64.
 *
 * <p>Data that ISA-L does not inflate to the expected length, and images too large to be in memory
 * twice, are left to a second inflater: ISA-L reports no reason.
 */
final class ZlibNativeInflater implements ZlibInflater {
  /**
   * The size above which images are inflated a few lines at a time, so as not to be in memory
   * twice.
   */
  static final int MAX_LENGTH = 64 << 20;

  /** The size above which a buffer is not kept for the thread's next image. */
  private static final int MAX_KEPT = 8 << 20;

  private static final int HEADER = 2;
  private static final int CHECKSUM = 4;

  private static final ThreadLocal<Buffers> BUFFERS = ThreadLocal.withInitial(Buffers::new);

  private final ZlibInflater otherwise;

  /**
   * @param otherwise inflates what ISA-L cannot
   */
  ZlibNativeInflater(ZlibInflater otherwise) {
    this.otherwise = otherwise;
  }

  /** Returns why the library cannot be used on this machine; empty if it can. */
  static Optional<String> obstacle() {
    try {
      return new IntelInflater(true).load(null)
          ? Optional.empty()
          : Optional.of(
              "its library does not load on %s, %s"
                  .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    } catch (LinkageError | RuntimeException e) {
      return Optional.of(e.toString());
    }
  }

  @Override
  public ScanLines scanLines(byte[] file, List<Span> pieces, int longestLine, long length) {
    byte[] lines = inflate(file, pieces, longestLine, length);
    return lines == null
        ? otherwise.scanLines(file, pieces, longestLine, length)
        : new Whole(lines, longestLine);
  }

  /**
   * Inflates data whose length is known.
   *
   * @param lead bytes to leave free before the first one; their values are undefined
   * @param length the inflated data's expected length in bytes
   * @return a buffer that is valid until the thread's next call, or null if the data have another
   *     length or a wrong checksum, or are too many
   */
  static byte[] inflate(byte[] file, List<Span> pieces, int lead, long length) {
    return length + lead > MAX_LENGTH
        ? null
        : BUFFERS.get().inflate(file, pieces, lead, (int) length);
  }

  /** One thread's native inflater and the arrays that it uses again. */
  private static final class Buffers {
    private final IntelInflater inflater = new IntelInflater(true);
    private byte[] in = new byte[0];
    private byte[] out = new byte[0];

    byte[] inflate(byte[] file, List<Span> pieces, int lead, int length) {
      byte[] data = file;
      int start = pieces.get(0).start();
      int size = pieces.get(0).length();
      if (pieces.size() > 1) {
        size = Span.total(pieces);
        data = in.length >= size ? in : new byte[size];
        start = 0;
        int at = 0;
        for (Span piece : pieces) {
          System.arraycopy(file, piece.start(), data, at, piece.length());
          at += piece.length();
        }
        in = data.length <= MAX_KEPT ? data : in;
      }
      if (size <= HEADER + CHECKSUM || !isZlibHeader(data, start)) {
        return null;
      }
      byte[] result = out.length >= lead + length ? out : new byte[lead + length];
      out = result.length <= MAX_KEPT ? result : out;
      // Resetting on every use also clears the state that a broken image left.
      inflater.reset();
      inflater.setInput(data, start + HEADER, size - HEADER);
      try {
        if (inflater.inflate(result, lead, length) != length) {
          return null;
        }
      } catch (RuntimeException e) {
        // ISA-L's only report of broken data; zlib reports the same data in words.
        return null;
      }
      Adler32 checksum = new Adler32();
      checksum.update(result, lead, length);
      int stored = ByteBuffer.wrap(data).getInt(start + size - CHECKSUM);
      return (int) checksum.getValue() == stored ? result : null;
    }

    /** Returns whether the data are deflated, without a preset dictionary. */
    private static boolean isZlibHeader(byte[] data, int at) {
      int method = data[at] & 0xFF;
      int flags = data[at + 1] & 0xFF;
      return (method & 0xF) == 8 && (flags & 0x20) == 0 && (method << 8 | flags) % 31 == 0;
    }
  }

  /** Scan lines that are inflated already. */
  private static final class Whole implements ScanLines {
    private final byte[] bytes;
    private int next;
    private int stride;

    /**
     * @param bytes room for the longest line, then all lines
     * @param first where the first line begins
     */
    Whole(byte[] bytes, int first) {
      this.bytes = bytes;
      next = first;
    }

    @Override
    public void beginPass(int stride) {
      this.stride = stride;
      Arrays.fill(bytes, next - stride, next, (byte) 0);
    }

    @Override
    public int next(int lines) {
      int first = next;
      next += lines * stride;
      return first;
    }

    @Override
    public byte[] bytes() {
      return bytes;
    }

    /** Does nothing: the checksum was compared when all was inflated. */
    @Override
    public void checkEnd() {}

    @Override
    public void close() {}
  }
}
