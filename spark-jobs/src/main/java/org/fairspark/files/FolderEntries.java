package org.fairspark.files;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
 * number of files. What cannot be used whatever it holds, such as a hidden file or a link that
 * leads out of the root, comes with the reason. A folder that vanished meanwhile is empty.
 */
public final class FolderEntries extends AbstractIterator<FolderEntries.Entry> {

  /**
   * A file or folder.
   *
   * @param name relative to the root
   * @param omission why it is left out by its name or kind, or null
   */
  public record Entry(
      String name, boolean folder, long length, long modificationTime, Omission omission) {

    /** Returns whether files below are to be listed, if only to be counted. */
    public boolean isListed() {
      return folder
          && (omission == null || omission == Omission.HIDDEN || omission == Omission.SYSTEM);
    }
  }

  private interface Source extends Closeable {
    /** Returns the next entry's status, or null at the end. */
    Found next() throws IOException;
  }

  /**
   * An entry as the file system describes it.
   *
   * @param guarded its status where it may be a link, so that where it leads is looked at; or null
   * @param omission why it cannot be used, or null
   */
  private record Found(
      String name,
      boolean folder,
      long length,
      long modified,
      FileStatus guarded,
      Omission omission) {
    static Found of(FileStatus status) {
      return new Found(
          status.getPath().getName(),
          status.isDirectory(),
          status.getLen(),
          status.getModificationTime(),
          status,
          null);
    }
  }

  private final String folder;
  private final LinkGuard guard;
  private final Source source;

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
    Found found = source.next();
    if (found == null) {
      return null;
    }
    return new Entry(
        PathNames.join(folder, found.name()),
        found.folder(),
        found.length(),
        found.modified(),
        found.omission() != null ? found.omission() : omission(found));
  }

  private Omission omission(Found found) throws IOException {
    if (found.guarded() != null && !guard.isInside(found.guarded())) {
      return Omission.LINK_OUTSIDE;
    }
    return PathNames.omission(found.name()).orElse(null);
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
    public Found next() throws IOException {
      return listing != null && listing.hasNext() ? Found.of(listing.next()) : null;
    }

    @Override
    public void close() {
      // Nothing is open between pages.
    }
  }

  private static final class LocalSource implements Source {
    /** Stands in a name for bytes that are no text in this process's encoding. */
    private static final char REPLACEMENT = '\uFFFD';

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
    public Found next() throws IOException {
      try {
        while (listing.hasNext()) {
          Found found = look(listing.next());
          if (found != null) {
            return found;
          }
        }
        return null;
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }

    /** Returns an entry's status; null if it was removed since. */
    private Found look(java.nio.file.Path file) throws IOException {
      String name = file.getFileName().toString();
      RawFiles.requireName(name);
      if (name.indexOf(REPLACEMENT) >= 0) {
        return unusable(name, Omission.NAME_NOT_UTF8);
      }
      try {
        var attributes =
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        boolean link = attributes.isSymbolicLink();
        if (link) {
          attributes = Files.readAttributes(file, BasicFileAttributes.class);
        }
        boolean folder = attributes.isDirectory();
        long length = attributes.size();
        long modified = attributes.lastModifiedTime().toMillis();
        return new Found(
            name,
            folder,
            length,
            modified,
            link ? status(name, folder, length, modified) : null,
            attributes.isOther() ? Omission.NOT_A_FILE : null);
      } catch (NoSuchFileException e) {
        return Files.isSymbolicLink(file) ? unusable(name, Omission.DEAD_LINK) : null;
      } catch (AccessDeniedException e) {
        return unusable(name, Omission.NO_ACCESS);
      } catch (FileSystemLoopException e) {
        return unusable(name, Omission.LINK_OUTSIDE);
      }
    }

    private static Found unusable(String name, Omission omission) {
      return new Found(name, false, 0, 0, null, omission);
    }

    private FileStatus status(String name, boolean folder, long length, long modified) {
      return new FileStatus(length, folder, 1, 0, modified, new Path(parent + "/" + name));
    }

    @Override
    public void close() throws IOException {
      if (stream != null) {
        stream.close();
      }
    }
  }
}
