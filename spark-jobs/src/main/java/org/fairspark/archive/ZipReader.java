package org.fairspark.archive;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.fairspark.failure.UnreadableFileException;
import org.fairspark.failure.UnreadableFileException.Reason;
import org.fairspark.files.AbstractIterator;
import org.fairspark.files.Omission;
import org.fairspark.files.PathNames;
import org.fairspark.files.RawFiles;

/**
 * A zip, by its directory at the end; that directory is in memory while the zip is open, a few
 * hundred bytes per member.
 */
final class ZipReader implements OpenArchive {
  private final ImageItem archive;
  private final HadoopChannel channel;
  private final ZipFile zip;

  /** All members in the order of their places. */
  private final List<ZipArchiveEntry> entries;

  private ZipReader(ImageItem archive, HadoopChannel channel, ZipFile zip) {
    this.archive = archive;
    this.channel = channel;
    this.zip = zip;
    this.entries = Collections.list(zip.getEntriesInPhysicalOrder());
  }

  static ZipReader open(Configuration hadoop, ImageItem archive) throws IOException {
    Path path = new Path(archive.file());
    FileSystem fs = RawFiles.of(hadoop, path);
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
    return OpenArchive.broken("zip", seen);
  }

  @Override
  public Iterator<Member> members() {
    MemberNames names = new MemberNames();
    return new AbstractIterator<>() {
      private int index;

      @Override
      protected Member computeNext() {
        while (index < entries.size()) {
          int at = index++;
          ZipArchiveEntry entry = entries.get(at);
          if (!entry.isDirectory()) {
            String name = ZipNames.of(entry);
            Omission omission = omission(entry, name);
            // Times in a zip lack their zone; the checksum says more.
            String version = "crc%08x".formatted(entry.getCrc());
            String known = omission == null ? names.next(name) : name;
            return new Member(archive.member(known, entry.getSize(), version).at(0, at), omission);
          }
        }
        return null;
      }
    };
  }

  private static Omission omission(ZipArchiveEntry entry, String name) {
    Omission byName = PathNames.omissionOfMember(name).orElse(null);
    return byName == null && entry.isUnixSymlink() ? Omission.LINK_IN_ARCHIVE : byName;
  }

  /** Returns the member by its place in the zip's directory, which alone tells doubles apart. */
  private ZipArchiveEntry entry(ImageItem image) {
    if (image.skip() < entries.size()) {
      ZipArchiveEntry entry = entries.get(image.skip());
      String name = ZipNames.of(entry);
      if (name.equals(image.member()) || name.equals(MemberNames.inArchive(image.member()))) {
        return entry;
      }
    }
    throw new UnreadableFileException(
        Reason.GONE, "the member was there when listed, not now", null);
  }

  @Override
  public byte[] read(ImageItem image, long most) throws IOException {
    ZipArchiveEntry entry = entry(image);
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
