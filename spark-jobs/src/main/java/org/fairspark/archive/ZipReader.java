package org.fairspark.archive;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Enumeration;
import java.util.Iterator;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.fairspark.failure.UnreadableFileException;
import org.fairspark.failure.UnreadableFileException.Reason;
import org.fairspark.files.AbstractIterator;
import org.fairspark.files.PathNames;

/**
 * A zip, by its directory at the end; that directory is in memory while the zip is open, a few
 * hundred bytes per member.
 */
final class ZipReader implements OpenArchive {
  private final ImageItem archive;
  private final HadoopChannel channel;
  private final ZipFile zip;

  private ZipReader(ImageItem archive, HadoopChannel channel, ZipFile zip) {
    this.archive = archive;
    this.channel = channel;
    this.zip = zip;
  }

  static ZipReader open(Configuration hadoop, ImageItem archive) throws IOException {
    Path path = new Path(archive.file());
    FileSystem fs = path.getFileSystem(hadoop);
    long length = fs.getFileStatus(path).getLen();
    HadoopChannel channel = new HadoopChannel(fs.open(path), length);
    try {
      return new ZipReader(archive, channel, new ZipFile(channel));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw fault(channel, e);
    }
  }

  private static UnreadableFileException fault(HadoopChannel channel, Exception seen)
      throws IOException {
    if (channel.failure() != null) {
      throw channel.failure();
    }
    if (seen instanceof FileNotFoundException || seen instanceof AccessControlException) {
      throw (IOException) seen;
    }
    return new UnreadableFileException(
        Reason.BROKEN_ARCHIVE, "the zip is broken: " + seen.getMessage(), seen);
  }

  @Override
  public Iterator<ImageItem> images() {
    Enumeration<ZipArchiveEntry> entries = zip.getEntriesInPhysicalOrder();
    return new AbstractIterator<>() {
      @Override
      protected ImageItem computeNext() {
        while (entries.hasMoreElements()) {
          ZipArchiveEntry entry = entries.nextElement();
          if (!entry.isDirectory() && PathNames.omissionOfMember(entry.getName()).isEmpty()) {
            // Times in a zip lack their zone; the checksum says more.
            String version = "crc%08x".formatted(entry.getCrc());
            return archive.member(entry.getName(), entry.getSize(), version);
          }
        }
        return null;
      }
    };
  }

  @Override
  public byte[] read(ImageItem image, long most) throws IOException {
    ZipArchiveEntry entry = zip.getEntry(image.member());
    if (entry == null) {
      throw new UnreadableFileException(
          Reason.GONE, "the member was there when listed, not now", null);
    }
    if (entry.getSize() > most) {
      throw OpenArchive.tooLarge(entry.getSize(), most);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      if (in == null) {
        throw new EOFException("the member cannot be found");
      }
      byte[] bytes = in.readNBytes((int) Math.min(most, entry.getSize()));
      if (bytes.length < entry.getSize()) {
        throw new EOFException(
            "the member has %d bytes, its header says %d".formatted(bytes.length, entry.getSize()));
      }
      return bytes;
    } catch (IOException | RuntimeException e) {
      throw fault(channel, e);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
    channel.close();
  }
}
