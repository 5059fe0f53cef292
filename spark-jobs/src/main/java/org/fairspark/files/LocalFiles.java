package org.fairspark.files;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.functional.RemoteIterators;

/**
 * The files of this machine, without a process for each. Hadoop's own class starts {@code chmod}
 * for every file and folder that it makes and {@code ls} for every file of a recursive listing
 * where Hadoop's native library is missing, which Spark does not ship.
 */
final class LocalFiles extends RawLocalFileSystem {
  /** Has to be initialized. */
  LocalFiles() {}

  LocalFiles(URI address, Configuration hadoop) throws IOException {
    initialize(address, hadoop);
  }

  @Override
  public void setPermission(Path file, FsPermission permission) throws IOException {
    if (permission.getStickyBit()) {
      super.setPermission(file, permission);
      return;
    }
    String letters =
        permission.getUserAction().SYMBOL
            + permission.getGroupAction().SYMBOL
            + permission.getOtherAction().SYMBOL;
    try {
      Files.setPosixFilePermissions(
          pathToFile(file).toPath(), PosixFilePermissions.fromString(letters));
    } catch (UnsupportedOperationException e) {
      super.setPermission(file, permission);
    }
  }

  /** Lists as the method it overrides, but for owners and permissions, which are not asked for. */
  @Override
  protected RemoteIterator<LocatedFileStatus> listLocatedStatus(Path folder, PathFilter filter)
      throws IOException {
    Iterator<FileStatus> found = Arrays.asList(listStatus(folder, filter)).iterator();
    return RemoteIterators.mappingRemoteIterator(
        RemoteIterators.remoteIteratorFromIterator(found), this::located);
  }

  private LocatedFileStatus located(FileStatus status) throws IOException {
    FileStatus plain =
        new FileStatus(
            status.getLen(),
            status.isDirectory(),
            status.getReplication(),
            status.getBlockSize(),
            status.getModificationTime(),
            status.getPath());
    return new LocatedFileStatus(
        plain, status.isFile() ? getFileBlockLocations(status, 0, status.getLen()) : null);
  }
}
