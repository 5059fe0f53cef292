package org.fairspark.archive;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.failure.UnreadableFileException;

/**
 * A reader of archives and their listings; the archive read last stays open, for the next image
 * usually lies in it too. Not thread-safe.
 */
public final class ArchiveReader implements Closeable {
  private final Configuration hadoop;
  private String file = "";
  private OpenArchive open;

  public ArchiveReader(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * Lists an archive's files, images or not, one at a time; the archive stays open until this
   * reader turns to another or is closed.
   *
   * @return an iterator that throws {@link UnreadableFileException} where the archive is not whole,
   *     and {@link java.io.UncheckedIOException} where the file system fails
   * @throws UnreadableFileException if it is no archive
   * @throws IOException if the file system fails
   */
  public Iterator<Member> list(ImageItem archive) throws IOException {
    close();
    open = OpenArchive.open(hadoop, archive);
    file = archive.file();
    return open.members();
  }

  /**
   * Reads an archive's image.
   *
   * @param most bytes that may be read
   * @throws UnreadableFileException if the archive or the member is not whole
   * @throws IOException if the file system fails; the next call opens the archive anew
   */
  public byte[] read(ImageItem image, long most) throws IOException {
    if (!image.file().equals(file)) {
      close();
      open = OpenArchive.open(hadoop, image);
      file = image.file();
    }
    try {
      return open.read(image, most);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    file = "";
    OpenArchive closing = open;
    open = null;
    if (closing != null) {
      closing.close();
    }
  }
}
