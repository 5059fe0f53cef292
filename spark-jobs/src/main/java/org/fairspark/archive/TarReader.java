package org.fairspark.archive;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.fairspark.failure.UnreadableFileException;
import org.fairspark.failure.UnreadableFileException.Reason;
import org.fairspark.files.AbstractIterator;
import org.fairspark.files.Omission;
import org.fairspark.files.PathNames;
import org.fairspark.files.RawFiles;

/** A tar without compression: members are found by their headers and read where they lie. */
final class TarReader implements OpenArchive {
  private static final int BLOCK = 512;

  private final ImageItem archive;
  private final FSDataInputStream in;

  private TarReader(ImageItem archive, FSDataInputStream in) {
    this.archive = archive;
    this.in = in;
  }

  static TarReader open(Configuration hadoop, ImageItem archive) throws IOException {
    if (ArchiveKind.isCompressedTar(archive.file())) {
      throw new UnreadableFileException(
          Reason.UNSUPPORTED,
          "a compressed tar can only be read from its beginning; pack it as .tar or .zip",
          null);
    }
    Path path = new Path(archive.file());
    return new TarReader(archive, RawFiles.open(hadoop, path));
  }

  @Override
  public Iterator<Member> members() throws IOException {
    in.seek(0);
    Guarded guarded = new Guarded(in);
    TarArchiveInputStream tar = new TarArchiveInputStream(new BufferedInputStream(guarded));
    return new Members(tar, guarded);
  }

  @Override
  public byte[] read(ImageItem image, long most) throws IOException {
    in.seek(image.position());
    Guarded guarded = new Guarded(in);
    TarArchiveInputStream tar = new TarArchiveInputStream(new BufferedInputStream(guarded));
    try {
      TarArchiveEntry entry = tar.getNextTarEntry();
      if (entry == null
          || !(entry.getName().equals(image.member())
              || entry.getName().equals(MemberNames.inArchive(image.member())))) {
        throw new EOFException("the member is not where it was listed");
      }
      if (entry.getSize() > most) {
        throw OpenArchive.tooLarge(entry.getSize(), most);
      }
      byte[] bytes = tar.readNBytes((int) entry.getSize());
      if (bytes.length < entry.getSize()) {
        throw new EOFException(
            "the member has %d bytes, its header says %d".formatted(bytes.length, entry.getSize()));
      }
      return bytes;
    } catch (IOException | RuntimeException e) {
      throw guarded.fault(e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private final class Members extends AbstractIterator<Member> {
    private final TarArchiveInputStream tar;
    private final Guarded guarded;
    private final MemberNames names = new MemberNames();
    private long position;

    Members(TarArchiveInputStream tar, Guarded guarded) {
      this.tar = tar;
      this.guarded = guarded;
    }

    @Override
    protected Member computeNext() throws IOException {
      try {
        for (var entry = tar.getNextTarEntry(); entry != null; entry = tar.getNextTarEntry()) {
          long header = position;
          long end = tar.getBytesRead() + entry.getSize();
          position = (end + BLOCK - 1) / BLOCK * BLOCK;
          if (!entry.isDirectory()) {
            Omission omission = omission(entry);
            String name = omission == null ? names.next(entry.getName()) : entry.getName();
            String version = "t" + entry.getLastModifiedTime().toMillis();
            return new Member(
                archive.member(name, entry.getSize(), version).at(header, 0), omission);
          }
        }
        return null;
      } catch (IOException | RuntimeException e) {
        throw guarded.fault(e);
      }
    }
  }

  private static Omission omission(TarArchiveEntry entry) {
    Omission byName = PathNames.omissionOfMember(entry.getName()).orElse(null);
    if (byName != null) {
      return byName;
    }
    if (entry.isSymbolicLink() || entry.isLink()) {
      return Omission.LINK_IN_ARCHIVE;
    }
    return entry.isFile() ? null : Omission.NOT_A_FILE;
  }

  /** A stream that tells a failing file system from a file that ends early or holds broken data. */
  private static final class Guarded extends FilterInputStream {
    private IOException failure;

    Guarded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return in.read();
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
      try {
        return in.read(to, from, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public long skip(long bytes) throws IOException {
      try {
        return in.skip(bytes);
      } catch (EOFException e) {
        // Local files refuse to be skipped beyond their end; the next read finds the end.
        return 0;
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public void close() {
      // The archive closes its file.
    }

    /** Throws the store's fault; or returns, as one, the archive's. */
    UnreadableFileException fault(Exception seen) throws IOException {
      if (failure != null) {
        throw failure;
      }
      return seen instanceof UnreadableFileException broken
          ? broken
          : OpenArchive.broken("tar", seen);
    }
  }
}
