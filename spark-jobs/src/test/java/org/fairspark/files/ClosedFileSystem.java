package org.fairspark.files;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.security.AccessControlException;

/** {@code closed:/path}: the local files, of which those named {@code closed*} may not be read. */
public final class ClosedFileSystem extends FilterFileSystem {
  public ClosedFileSystem() {
    super(
        new RawLocalFileSystem() {
          @Override
          public URI getUri() {
            return URI.create("closed:///");
          }
        });
  }

  public static void register(Configuration hadoop) {
    hadoop.setClass(
        "fs.closed.impl", ClosedFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
  }

  @Override
  public String getScheme() {
    return "closed";
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    requireOpen(file);
    return super.open(file, bufferSize);
  }

  @Override
  public RemoteIterator<FileStatus> listStatusIterator(Path folder) throws IOException {
    requireOpen(folder);
    return super.listStatusIterator(folder);
  }

  private static void requireOpen(Path path) throws AccessControlException {
    if (path.getName().startsWith("closed")) {
      throw new AccessControlException("Permission denied: user=nobody, access=READ_EXECUTE");
    }
  }
}
