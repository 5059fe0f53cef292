package org.fairspark.image.codec;

import com.intel.gkl.compression.IntelInflater;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.Adler32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inflates zlib data (RFC 1950) in one call by ISA-L, of which Intel's Genomics Kernel Library
 * brings a build for Linux and macOS on x86-64: three times as fast as zlib, and inflating is half
 * of decoding a PNG.
 *
 * <p>It succeeds or says that it did not, without a reason: what it cannot do, elsewhere than on
 * those systems everything, is the JDK's inflater's to do or to refuse.
 */
final class IsalInflater {
  /** Larger images are inflated a few lines at a time: they are not to be in memory twice. */
  static final int MAX_LENGTH = 64 << 20;

  /** Larger buffers are not kept for the thread's next image. */
  private static final int MAX_KEPT = 8 << 20;

  private static final int HEADER = 2;
  private static final int CHECKSUM = 4;
  private static final Logger LOG = LoggerFactory.getLogger(IsalInflater.class);
  private static final boolean AVAILABLE = load();
  private static final ThreadLocal<IsalInflater> OF_THREAD =
      ThreadLocal.withInitial(IsalInflater::new);

  private final IntelInflater inflater = new IntelInflater(true);
  private byte[] in = new byte[0];
  private byte[] out = new byte[0];

  private IsalInflater() {}

  private static boolean load() {
    try {
      if (new IntelInflater(true).load(null)) {
        return true;
      }
    } catch (LinkageError | RuntimeException e) {
      LOG.debug("ISA-L", e);
    }
    LOG.info(
        "ISA-L cannot be loaded here: PNG files are inflated by zlib, at a third of the speed");
    return false;
  }

  /** Whether its library could be loaded on this machine. */
  static boolean isAvailable() {
    return AVAILABLE;
  }

  /**
   * Inflates data whose length is known.
   *
   * @param chunks start and length of each piece of the compressed data in the file
   * @param lead bytes to leave free before the first one; what they hold is undefined
   * @param length what the data must come to
   * @return a buffer that is valid until the thread's next call, or null if the data have another
   *     length or a wrong checksum, are too many, or if the library is not there
   */
  static byte[] inflate(byte[] file, List<int[]> chunks, int lead, long length) {
    if (!AVAILABLE || length + lead > MAX_LENGTH) {
      return null;
    }
    return OF_THREAD.get().inflateWhole(file, chunks, lead, (int) length);
  }

  private byte[] inflateWhole(byte[] file, List<int[]> chunks, int lead, int length) {
    byte[] data = file;
    int start = chunks.get(0)[0];
    int size = chunks.get(0)[1];
    if (chunks.size() > 1) {
      size = chunks.stream().mapToInt(chunk -> chunk[1]).sum();
      data = in.length >= size ? in : new byte[size];
      start = 0;
      int at = 0;
      for (int[] chunk : chunks) {
        System.arraycopy(file, chunk[0], data, at, chunk[1]);
        at += chunk[1];
      }
      in = data.length <= MAX_KEPT ? data : in;
    }
    if (size <= HEADER + CHECKSUM || !isZlibHeader(data, start)) {
      return null;
    }
    byte[] result = out.length >= lead + length ? out : new byte[lead + length];
    out = result.length <= MAX_KEPT ? result : out;
    // Resetting on every use also forgets what a broken image left behind.
    inflater.reset();
    inflater.setInput(data, start + HEADER, size - HEADER);
    try {
      if (inflater.inflate(result, lead, length) != length) {
        return null;
      }
    } catch (RuntimeException e) {
      // This is how it tells broken data; zlib will tell in words that users can look up.
      return null;
    }
    Adler32 checksum = new Adler32();
    checksum.update(result, lead, length);
    int stored = ByteBuffer.wrap(data).getInt(start + size - CHECKSUM);
    return (int) checksum.getValue() == stored ? result : null;
  }

  /** Deflate, without a preset dictionary. */
  private static boolean isZlibHeader(byte[] data, int at) {
    int method = data[at] & 0xFF;
    int flags = data[at + 1] & 0xFF;
    return (method & 0xF) == 8 && (flags & 0x20) == 0 && (method << 8 | flags) % 31 == 0;
  }
}
