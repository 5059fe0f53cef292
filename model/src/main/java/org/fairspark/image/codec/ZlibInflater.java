package org.fairspark.image.codec;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An inflater of zlib data (RFC 1950) into the scan lines of a PNG. Inflaters are safe for any
 * number of threads; the scan lines are for one.
 */
interface ZlibInflater {
  /**
   * Opens the scan lines.
   *
   * @param pieces where the file holds the compressed data, in order, at least one
   * @param longestLine bytes of the longest line, its filter type included
   * @param length bytes of all lines together, filter types included
   */
  ScanLines scanLines(byte[] file, List<Span> pieces, int longestLine, long length);

  /** Returns the native inflater where its library loads, otherwise the JDK's; logs which not. */
  static ZlibInflater create() {
    Logger log = LoggerFactory.getLogger(ZlibInflater.class);
    ZlibInflater java = new ZlibJavaInflater();
    Optional<String> obstacle = ZlibNativeInflater.obstacle();
    if (obstacle.isPresent()) {
      log.info(
          "PNG files are inflated by the JDK's zlib, at a third of ISA-L's speed: {}",
          obstacle.get());
      return java;
    }
    return new ZlibNativeInflater(java);
  }
}
