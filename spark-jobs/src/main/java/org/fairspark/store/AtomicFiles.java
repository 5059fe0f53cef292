package org.fairspark.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/**
 * A writer of files, so that each is there whole or not at all, also over an older one of its name.
 *
 * <ul>
 *   <li>An object store whose streams can be aborted, as S3, shows a file when its stream is
 *       closed, in one step: it is written in its place. A rename there would be a copy.
 *   <li>Elsewhere a file is written beside its place, as {@code _part-NAME}, and renamed. This
 *       machine's disks and HDFS replace the older file in one step.
 *   <li>Other stores refuse to rename onto an existing file: that one becomes {@code _old-NAME}
 *       first. Whatever a killed process leaves, one of the two is whole; {@link #repair} puts it
 *       back.
 * </ul>
 *
 * <p>One process writes at a time: it holds the lock of its output root.
 */
final class AtomicFiles {
  private static final String PART = "_part-";
  private static final String OLD = "_old-";

  private final FileSystem fs;
  private final String part;

  AtomicFiles(FileSystem fs) {
    this(fs, "");
  }

  /**
   * Makes a writer beside others.
   *
   * @param writer tells this writer's unfinished files from those of others
   */
  AtomicFiles(FileSystem fs, String writer) {
    this.fs = fs;
    this.part = PART + writer;
  }

  /** Returns whether a file appears only when its stream is closed, and a rename copies. */
  static boolean isObjectStore(FileSystem fs, Path path) throws IOException {
    return fs.hasPathCapability(path, CommonPathCapabilities.ABORTABLE_STREAM);
  }

  /**
   * Writes a file. If that fails, the older one of its name is as it was.
   *
   * @throws IOException if it cannot be written or renamed
   */
  void write(Path file, OutputRoot.Body body) throws IOException {
    if (isObjectStore(fs, file)) {
      writeInPlace(file, body);
      return;
    }
    Path unfinished = beside(file, part);
    try {
      try (FSDataOutputStream out = fs.create(unfinished, true)) {
        body.write(out);
      }
      replace(file, unfinished);
    } catch (IOException | RuntimeException e) {
      try {
        fs.delete(unfinished, false);
      } catch (IOException again) {
        // The next one of this name replaces it.
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private void writeInPlace(Path file, OutputRoot.Body body) throws IOException {
    FSDataOutputStream out = fs.create(file, true);
    try {
      body.write(out);
    } catch (IOException | RuntimeException e) {
      // Closing would show what was written so far.
      out.abort();
      throw e;
    }
    out.close();
  }

  private void replace(Path file, Path whole) throws IOException {
    if (fs instanceof RawLocalFileSystem local && local.getUri().getScheme().equals("file")) {
      Files.move(
          local.pathToFile(whole).toPath(),
          local.pathToFile(file).toPath(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } else if (fs instanceof DistributedFileSystem hdfs) {
      hdfs.rename(whole, file, Options.Rename.OVERWRITE);
    } else {
      replaceInSteps(file, whole);
    }
  }

  private void replaceInSteps(Path file, Path whole) throws IOException {
    Path old = beside(file, OLD);
    if (fs.exists(file)) {
      fs.delete(old, false);
      rename(file, old);
    }
    try {
      rename(whole, file);
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

  /** Renames within the root's file system; a refusal, which Hadoop only returns, is thrown. */
  void rename(Path from, Path to) throws IOException {
    if (!fs.rename(from, to)) {
      throw new IOException("cannot rename " + from + " to " + to);
    }
  }

  private static Path beside(Path file, String prefix) {
    return new Path(file.getParent(), prefix + file.getName());
  }
}
