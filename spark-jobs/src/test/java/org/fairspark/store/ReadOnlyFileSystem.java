package org.fairspark.store;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.Progressable;

/**
 * {@code readonly:/path}: the local files, not to be written. Permissions would not do: tests may
 * run as root, whom they do not bind.
 */
public final class ReadOnlyFileSystem extends FilterFileSystem {
  public ReadOnlyFileSystem() {
    super(
        new RawLocalFileSystem() {
          @Override
          public URI getUri() {
            return URI.create("readonly:///");
          }
        });
  }

  /** Makes the scheme known. */
  public static Configuration register(Configuration hadoop) {
    hadoop.setClass(
        "fs.readonly.impl", ReadOnlyFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
    return hadoop;
  }

  @Override
  public String getScheme() {
    return "readonly";
  }

  @Override
  public FSDataOutputStream create(
      Path f,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    throw new AccessControlException("Permission denied: " + f.toUri().getPath());
  }

  @Override
  public boolean mkdirs(Path f, FsPermission permission) throws IOException {
    if (exists(f)) {
      return true;
    }
    throw new AccessControlException("Permission denied: " + f.toUri().getPath());
  }

  @Override
  public boolean mkdirs(Path f) throws IOException {
    return mkdirs(f, FsPermission.getDirDefault());
  }
}
