package org.fairspark.store;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes small files so that each is there whole or not at all, also over an older one of its name.
 *
 * <p>A new file is written beside its place, as {@code _part-NAME}, and renamed. HDFS and object
 * stores refuse to rename onto an existing file: that one becomes {@code _old-NAME} first. Whatever
 * a killed process leaves, one of the two is whole; {@link #repair} puts it back. One process
 * writes at a time: it holds the lock of its output root.
 */
final class AtomicFiles {
  private static final String PART = "_part-";
  private static final String OLD = "_old-";

  private final FileSystem fs;

  AtomicFiles(FileSystem fs) {
    this.fs = fs;
  }

  /**
   * Writes a file. If that fails, the older one of its name is as it was.
   *
   * @throws IOException if it cannot be written or renamed
   */
  void write(Path file, OutputRoot.Body body) throws IOException {
    Path part = beside(file, PART);
    try {
      try (OutputStream out = fs.create(part, true)) {
        body.write(out);
      }
      replace(file, part);
    } catch (IOException | RuntimeException e) {
      try {
        fs.delete(part, false);
      } catch (IOException again) {
        // The next one of this name replaces it.
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private void replace(Path file, Path part) throws IOException {
    Path old = beside(file, OLD);
    if (fs.exists(file)) {
      fs.delete(old, false);
      rename(file, old);
    }
    try {
      rename(part, file);
    } catch (IOException e) {
      try {
        restore(old, file);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
    fs.delete(old, false);
  }

  /**
   * Removes what a killed process left half-written in a folder; a file that was to be replaced and
   * whose successor is missing comes back.
   */
  void repair(Path folder) throws IOException {
    if (!fs.exists(folder)) {
      return;
    }
    for (FileStatus status : fs.listStatus(folder)) {
      String name = status.getPath().getName();
      if (name.startsWith(OLD)) {
        restore(status.getPath(), new Path(folder, name.substring(OLD.length())));
      } else if (name.startsWith(PART)) {
        fs.delete(status.getPath(), false);
      }
    }
  }

  private void restore(Path old, Path file) throws IOException {
    if (fs.exists(file)) {
      fs.delete(old, false);
    } else if (fs.exists(old)) {
      rename(old, file);
    }
  }

  private void rename(Path from, Path to) throws IOException {
    if (!fs.rename(from, to)) {
      throw new IOException("cannot rename " + from + " to " + to);
    }
  }

  private static Path beside(Path file, String prefix) {
    return new Path(file.getParent(), prefix + file.getName());
  }
}
