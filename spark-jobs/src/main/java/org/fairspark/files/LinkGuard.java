package org.fairspark.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/** A guard that keeps symbolic links of a local file system from leading out of the data root. */
interface LinkGuard {

  /** Returns whether the file or folder really lies below the root. */
  boolean isInside(FileStatus status) throws IOException;

  /**
   * Returns the guard for a root; other file systems than the local one have no links to follow.
   */
  static LinkGuard of(FileSystem fs, org.apache.hadoop.fs.Path root) throws IOException {
    if (!fs.getUri().getScheme().equals("file")) {
      return status -> !status.isSymlink();
    }
    Path real = local(root).toRealPath();
    return status -> isInside(real, local(status.getPath()), status.isDirectory());
  }

  private static boolean isInside(Path root, Path path, boolean folder) throws IOException {
    if (!Files.isSymbolicLink(path)) {
      return true;
    }
    try {
      Path target = path.toRealPath();
      // A link to a folder above itself would be listed again and again.
      boolean circle = folder && path.getParent().toRealPath().startsWith(target);
      return target.startsWith(root) && !circle;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static Path local(org.apache.hadoop.fs.Path path) {
    return Path.of(path.toUri().getPath());
  }
}
