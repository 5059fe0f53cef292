package org.fairspark.archive;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.failure.UnreadableFileException;
import org.fairspark.failure.UnreadableFileException.Reason;

/**
 * An archive that is open for reading. Its methods and its iterator throw {@link
 * UnreadableFileException} where the archive is at fault; where the file system fails, the iterator
 * throws {@link java.io.UncheckedIOException}.
 */
interface OpenArchive extends Closeable {

  /** Returns its files, images or not, in the archive's order, one at a time. */
  Iterator<Member> members() throws IOException;

  /**
   * Returns the bytes of one of them.
   *
   * @param most bytes that may be read
   * @throws UnreadableFileException if it is not there, not whole or too large
   */
  byte[] read(ImageItem image, long most) throws IOException;

  /** Opens the archive that an item is, or that it lies in. */
  static OpenArchive open(Configuration hadoop, ImageItem item) throws IOException {
    return switch (item.kind()) {
      case TAR -> TarReader.open(hadoop, item);
      case ZIP -> ZipReader.open(hadoop, item);
      case SEQUENCE -> SequenceFileReader.open(hadoop, item);
      case FILE -> throw new IllegalArgumentException("no archive: " + item.path());
    };
  }

  /** Returns the failure of a member whose length is above the limit. */
  static UnreadableFileException tooLarge(long length, long most) {
    return new UnreadableFileException(
        Reason.TOO_LARGE,
        "the member has %d bytes, more than the limit of %d".formatted(length, most),
        null);
  }

  /**
   * Returns the fault of an archive that is not what its name says, or damaged.
   *
   * @param what the kind of archive, such as "zip"
   */
  static UnreadableFileException broken(String what, Exception seen) {
    String why = seen.getMessage();
    if (why == null || why.isBlank()) {
      why =
          seen instanceof EOFException
              ? "it ends within a record"
              : "it cannot be understood (%s)".formatted(seen.getClass().getSimpleName());
    }
    return new UnreadableFileException(
        Reason.BROKEN_ARCHIVE, "the %s is broken: %s".formatted(what, why), seen);
  }
}
