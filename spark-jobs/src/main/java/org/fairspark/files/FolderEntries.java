package org.fairspark.files;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The files and folders directly in one folder, one entry at a time, so that a folder may hold any
 * number of files. Hidden files, and links that lead out of the root or in a circle, are passed
 * over. A folder that vanished meanwhile is empty.
 */
public final class FolderEntries extends AbstractIterator<FolderEntries.Entry> {

  /**
   * A file or folder.
   *
   * @param name relative to the root
   */
  public record Entry(String name, boolean folder, long length, long modificationTime) {}

  private interface Source extends Closeable {
    /** Returns the next entry's status, or null at the end. */
    FileStatus next() throws IOException;
  }

  private final String folder;
  private final LinkGuard guard;
  private final Source source;
  private long hidden;
  private long outside;

  private FolderEntries(String folder, LinkGuard guard, Source source) {
    this.folder = folder;
    this.guard = guard;
    this.source = source;
  }

  /**
   * Opens a folder.
   *
   * @param root as an absolute URI without a slash at the end
   * @param folder relative to the root, empty for the root itself
   */
  public static FolderEntries open(Configuration hadoop, String root, String folder)
      throws IOException {
    Path path = new Path(folder.isEmpty() ? root : root + "/" + folder);
    FileSystem fs = path.getFileSystem(hadoop);
    LinkGuard guard = LinkGuard.of(fs, new Path(root));
    // Hadoop's local file system lists a folder as one array.
    Source source =
        fs.getUri().getScheme().equals("file") ? new LocalSource(path) : new RemoteSource(fs, path);
    return new FolderEntries(folder, guard, source);
  }

  @Override
  protected Entry computeNext() throws IOException {
    for (FileStatus status = source.next(); status != null; status = source.next()) {
      String name = status.getPath().getName();
      if (PathNames.isHidden(name)) {
        hidden++;
      } else if (!guard.isInside(status)) {
        outside++;
      } else {
        return new Entry(
            PathNames.join(folder, name),
            status.isDirectory(),
            status.getLen(),
            status.getModificationTime());
      }
    }
    return null;
  }

  /** Returns how many hidden files and folders were passed over so far. */
  public long hidden() {
    return hidden;
  }

  /** Returns how many links that lead out of the root or in a circle were passed over so far. */
  public long outside() {
    return outside;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  /** Any Hadoop file system; real ones deliver a folder in pages. */
  private static final class RemoteSource implements Source {
    private final RemoteIterator<FileStatus> listing;

    RemoteSource(FileSystem fs, Path path) throws IOException {
      RemoteIterator<FileStatus> iterator;
      try {
        iterator = fs.listStatusIterator(path);
      } catch (FileNotFoundException e) {
        iterator = null;
      }
      this.listing = iterator;
    }

    @Override
    public FileStatus next() throws IOException {
      return listing != null && listing.hasNext() ? listing.next() : null;
    }

    @Override
    public void close() {
      // Nothing is open between pages.
    }
  }

  private static final class LocalSource implements Source {
    private final Path parent;
    private final DirectoryStream<java.nio.file.Path> stream;
    private final Iterator<java.nio.file.Path> listing;

    LocalSource(Path path) throws IOException {
      parent = path;
      DirectoryStream<java.nio.file.Path> opened;
      try {
        opened = Files.newDirectoryStream(java.nio.file.Path.of(path.toUri().getPath()));
      } catch (NoSuchFileException e) {
        opened = null;
      }
      stream = opened;
      listing = opened == null ? Collections.emptyIterator() : opened.iterator();
    }

    @Override
    public FileStatus next() throws IOException {
      try {
        while (listing.hasNext()) {
          java.nio.file.Path file = listing.next();
          try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStatus(
                attributes.size(),
                attributes.isDirectory(),
                1,
                0,
                attributes.lastModifiedTime().toMillis(),
                new Path(parent + "/" + file.getFileName()));
          } catch (NoSuchFileException e) {
            // Removed since, or a link that leads nowhere.
            continue;
          }
        }
        return null;
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }

    @Override
    public void close() throws IOException {
      if (stream != null) {
        stream.close();
      }
    }
  }
}
